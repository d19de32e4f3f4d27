// The worker contains the sources of Core. Both are referenced here, and without an alias the types are those of Core, as in the tasks.
extern alias InProcess;

global using InProcess::MigrationsBuild.Worker.History;
global using InProcess::MigrationsBuild.Worker.Model;
global using InProcess::MigrationsBuild.Worker.Scaffolding;
global using InProcess::MigrationsBuild.Worker.Sql;
global using Emission = InProcess::MigrationsBuild.Contexts.Emission;
