return await MigrationsBuild.Runner.Program.Main(args);
