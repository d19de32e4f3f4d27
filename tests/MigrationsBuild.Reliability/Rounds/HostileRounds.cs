using MigrationsBuild.Reliability.Migrations;
using MigrationsBuild.Reliability.Running;
using MigrationsBuild.Testing;
using Npgsql;

namespace MigrationsBuild.Reliability.Rounds;

/// <summary>
/// Runs on a database in which another role has planted what it could, of migrations that leave what they can in the session and release
/// the lock. In turn the history table is another role's, or rows are planted in the journal; then every run must refuse, and change
/// nothing.
/// </summary>
/// <param name="server">The server.</param>
public sealed class HostileRounds(PostgreSqlServer server) : CrowdRounds(server, Deployment.Of(HostileMigrations.All))
{
    private const int Crowd = 4;
    private const string Evil = "20991231000000_Evil";

    /// <inheritdoc/>
    public override string Name => "hostile";

    /// <inheritdoc/>
    public override string About => "4 at once; decoys, foreign tables, planted rows; migrations that leak state and release the lock";

    /// <summary>Applies each migration in a run of its own. Together they must give the same result.</summary>
    protected override async Task<UndisturbedRun> MeasureUndisturbedAsync()
    {
        var database = PostgreSqlServer.NewName();
        Server.Execute("postgres", $"CREATE DATABASE {database}");
        var time = TimeSpan.Zero;
        foreach (var id in Deployment.Ids)
        {
            using var process = Deployment.Start(Trapped(Server.ConnectionString(database)), id);
            var run = await process.EndAsync();
            if (run.ExitCode != 0)
                throw new InvalidOperationException(run.ToString());
            time += run.Time;
        }

        var picture = DatabaseSnapshot.Of(Server, database);
        Server.Execute("postgres", $"DROP DATABASE {database} WITH (FORCE)");
        return new UndisturbedRun(picture, time, 0);
    }

    /// <inheritdoc/>
    protected override async Task PlayAsync(Round round, Random random)
    {
        CreateDatabase(round);
        using (var hostile = new HostileRole(Server, round.Database, "trap"))
        {
            hostile.Plant();
            if (round.Number % 3 == 1)
                await SquatAsync(round, hostile);
            if (round.Number % 3 == 2)
                await PlantRowsAsync(round, hostile, random);
            var gate = new StartGate(Crowd);
            using var relay = Gated(round, gate, TimeSpan.Zero);
            await RunAsync(round, Crowd, Trapped(relay.ConnectionString));
            Judge(round, hostile);
        }

        Server.Execute(round.Database, "DROP SCHEMA trap CASCADE");
        Compare(round);
        CompareJournal(round);
    }

    /// <summary>The role has created one of the runner's tables first, with a trigger that would make the role a superuser.</summary>
    private async Task SquatAsync(Round round, HostileRole hostile)
    {
        var table = round.Number % 2 == 0 ? "__EFMigrationsHistory" : "__MigrationsBuildJournal";
        Server.Execute(round.Database, $"GRANT ALL ON SCHEMA public TO {hostile.Name}");
        hostile.Execute(
            $"""
            CREATE TABLE public."{table}" (
                "MigrationId" pg_catalog.text, "ProductVersion" pg_catalog.text, "Context" pg_catalog.text, "Action" pg_catalog.text);
            CREATE FUNCTION public.attack() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN EXECUTE 'ALTER ROLE {hostile.Name} SUPERUSER'; RETURN NEW; END $$;
            CREATE TRIGGER t BEFORE INSERT ON public."{table}" FOR EACH ROW EXECUTE FUNCTION public.attack();
            """);
        await RefusesAsync(round, "MIG3026", "migrate");
        Judge(round, hostile);
        Server.Execute(
            round.Database,
            $"DROP TABLE public.\"{table}\"; DROP FUNCTION public.attack(); REVOKE ALL ON SCHEMA public FROM {hostile.Name}");
    }

    /// <summary>Rows claim that a migration was left half-way, and that another build has applied one whose down SQL does harm.</summary>
    private async Task PlantRowsAsync(Round round, HostileRole hostile, Random random)
    {
        var to = Deployment.Ids[random.Next(1, Deployment.Ids.Count - 2)];
        using (var half = Deployment.Start(Trapped(Server.ConnectionString(round.Database)), to))
        {
            if (round.Add(await half.EndAsync()) is { ExitCode: not 0 })
                round.Lose("The run before failed.");
        }

        var next = Deployment.Ids.SkipWhile(id => id != to).Skip(1).First();
        string Row(string id, string action, string hash, string down, int statements) =>
            "INSERT INTO \"__MigrationsBuildJournal\" (\"Context\", \"MigrationId\", \"Action\", \"Hash\", \"DownSql\", \"Statements\", "
            + $"\"At\", \"By\") VALUES ('Shop.ShopContext', '{id}', '{action}', '{hash}', '{down}', {statements}, now(), 'hostile');";
        Server.Execute(
            round.Database,
            $"INSERT INTO \"__EFMigrationsHistory\" VALUES ('{Evil}', '10');"
            + Row(Evil, "applied", "0", $"ALTER ROLE {hostile.Name} SUPERUSER;", 1)
            + Row(next, "partial", new string('0', 64), "", 1)
            + Row(next, "started", new string('0', 64), "", 2));
        // A pending migration is older than an applied one, and the way back isn't ours.
        await RefusesAsync(round, "MIG3009", "migrate");
        await RefusesAsync(round, "MIG3025", "rollback", to, "--force", round.Database);
        Judge(round, hostile);
        Server.Execute(
            round.Database,
            $"DELETE FROM \"__EFMigrationsHistory\" WHERE \"MigrationId\" = '{Evil}'; "
            + $"DELETE FROM \"__MigrationsBuildJournal\" WHERE \"MigrationId\" = '{Evil}'");
        // What the rows say was executed isn't what the SQL begins with.
        await RefusesAsync(round, "MIG3030", "migrate");
        Judge(round, hostile);
        Server.Execute(round.Database, $"DELETE FROM \"__MigrationsBuildJournal\" WHERE \"MigrationId\" = '{next}'");
    }

    private async Task RefusesAsync(Round round, string code, params string[] arguments)
    {
        using var process = Deployment.StartVerb(Trapped(Server.ConnectionString(round.Database)), arguments);
        var run = round.Add(await process.EndAsync());
        if (run.ExitCode != 4 || !run.Output.Contains(code, StringComparison.Ordinal))
            round.Lose($"A run was to end with {code} and exit code 4.");
    }

    private static void Judge(Round round, HostileRole hostile)
    {
        if (hostile.IsSuperuser)
            round.Lose("The other role is a superuser.");
        if (hostile.Caught is { Count: > 0 } caught)
            round.Lose($"{caught.Count} decoys were called: {caught[0]}");
    }

    /// <summary>With the decoys before PostgreSQL's own objects.</summary>
    private static string Trapped(string connection) =>
        new NpgsqlConnectionStringBuilder(connection) { SearchPath = "public, trap, pg_catalog" }.ConnectionString;
}
