// What the scripts of the views expect from files that are not checked here.
declare var vis: any;
declare var zhituAdoptions: any;
