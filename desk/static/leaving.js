// Signs out at the provider too, without another click.
document.getElementById("leaving").submit();
