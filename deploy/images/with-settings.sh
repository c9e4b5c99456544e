#!/bin/sh
# with-settings.sh FILE COMMAND...: runs the command with the settings in the file as its environment.
set -eua
. "$1"
shift
exec "$@"
