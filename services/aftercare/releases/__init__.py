"""With what somebody was released: a plan, a refusal or nothing."""
