// The worker holds the sources of Core; where both are referenced, names mean those of Core, as the tasks have them.
extern alias InProcess;

global using InProcess::MigrationsBuild.Worker.Model;
global using InProcess::MigrationsBuild.Worker.Sql;
global using Emission = InProcess::MigrationsBuild.Protocol.Emission;
