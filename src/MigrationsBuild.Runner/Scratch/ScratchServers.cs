using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Settings;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>Chooses where a scratch database is created.</summary>
internal static partial class ScratchServers
{
    /// <summary>The variable that holds the connection string of a server on which databases may be created.</summary>
    public const string Variable = "MIGRATIONS_SCRATCH_CONNECTION";

    /// <summary>The beginning of the names of all scratch databases.</summary>
    public const string Prefix = "migrationsbuild_scratch_";

    /// <summary>
    /// Creates an empty database: for SQLite a temporary file; for PostgreSQL on the server of <see cref="Variable"/>, on the server of the
    /// run's own connection if that is on this machine, or in a container if the settings name an image. Nothing else on the server is
    /// touched.
    /// </summary>
    /// <exception cref="MigrationsException">There is no such server, or it doesn't create the database.</exception>
    public static async Task<IScratchServer> ChooseAsync(MigrationSession run, CancellationToken cancellation)
    {
        switch (SqlDialects.OfProvider(run.Manifest.Provider))
        {
            case SqlDialect.Sqlite:
                return SqliteScratchFile.Create();
            case SqlDialect.Other:
                throw new MigrationsException(
                    DiagnosticCodes.UnknownProvider,
                    $"Scratch databases are created on PostgreSQL and SQLite only: {run.Manifest.ShortName} uses {run.Manifest.Provider}.");
        }

        var template = run.IsConnected ? await run.Database.ReadScratchTemplateAsync(cancellation) : null;
        template = template?.Without(run.SqlFiles.UpStatements.Select(NameOfCreated).OfType<string>().ToHashSet());
        if (ConnectionVariables.FindSet(Variable, run.Manifest.ShortName) is { } variable)
            return await PostgreSqlScratchServer.CreateAsync(ConnectionVariables.Read(variable), variable, template, cancellation);
        if (run.HasConnection && run.Database.IsLocal)
        {
            var connection = ConnectionVariables.Read(run.Request.ConnectionVariable);
            return await PostgreSqlScratchServer.CreateAsync(connection, run.Request.ConnectionSource, template, cancellation);
        }

        if (run.Request.Settings.ScratchImage is { Length: > 0 } image)
        {
            var container = await run.StartContainerAsync(PostgreSqlScratchServer.NewName(), cancellation);
            return await PostgreSqlScratchServer.CreateAsync(container.ConnectionString, $"the image {image}", template, cancellation);
        }

        var verb = run.Request.Verb;
        var what = verb == VerbTable.Schema.Name ? "DbSchemaFile"
            : verb == VerbTable.ExpectedSchema.Name ? "DbPublish=schema"
            : $"`{verb}`";
        throw new MigrationsException(
            DiagnosticCodes.NoScratchServer,
            $"{what} needs a server for a scratch database, and "
            + (run.HasConnection ? "the server of the connection isn't on this machine. " : "no connection is set. ")
            + $"Set the environment variable {Variable} to the connection string of a server for tests.",
            Hint.Add("To use Docker", "DbScratchImage", "postgres:<version>"));
    }

    /// <summary>The name of the schema or extension that a statement creates.</summary>
    private static string? NameOfCreated(SqlStatement statement)
    {
        var match = Creation().Match(statement.Text);
        return match.Success ? ObjectName.Parse(match.Groups["name"].Value).Name : null;
    }

    [GeneratedRegex("""^CREATE\s+(SCHEMA|EXTENSION)\s+(IF\s+NOT\s+EXISTS\s+)?(?<name>"([^"]|"")+"|\w+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Creation();
}
