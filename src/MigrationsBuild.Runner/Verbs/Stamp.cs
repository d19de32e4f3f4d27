using MigrationsBuild.Diagnostics;
using MigrationsBuild.Runner.Databases;
using MigrationsBuild.Runner.Migrations;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Makes the history say that the database is at a revision, and runs nothing.</summary>
internal sealed class Stamp : IVerb
{
    public async Task RunAsync(MigrationSession session, CancellationToken cancellation)
    {
        if (session.Request.To.Length == 0)
            throw new MigrationsException(DiagnosticCodes.InvalidSetting, "DbStamp needs to know the revision. Run: dotnet build -t:DbStamp -p:DbRev=head");
        await session.ConnectAsync(cancellation);
        if (!session.IsConnected)
            throw new MigrationsException(DiagnosticCodes.NoDatabase, $"There is no {session.Database.Description}, so there is nothing to stamp. Run: dotnet build -t:DbMigrate");
        var before = await session.ReadStateAsync(cancellation);
        var target = before.Chain.Resolve(session.Request.To, before.Current);
        await session.PrepareAsync(cancellation);

        var state = await session.ReadStateAsync(cancellation);
        var add = state.Chain.Ids.Take(target + 1).Where(id => !state.IsApplied(id)).ToList();
        var remove = state.Applied.Where(id => state.Chain.Find(id) is not { } position || position > target).ToList();
        List<SqlCommand> commands =
        [
            .. remove.SelectMany(id => new[] { session.DeleteHistory(id), session.Journal.LogStamped(id, isApplied: false) }),
            .. add.SelectMany(id => new[] { session.InsertHistory(id), session.Journal.LogStamped(id, isApplied: true) }),
        ];
        if (commands.Count > 0)
            await session.Database.ExecuteTransactionAsync(commands, cancellation);
        foreach (var id in remove)
            session.Reporter.Line($"  {id}  taken out of the history");
        foreach (var id in add)
            session.Reporter.Line($"  {id}  put into the history");
        session.Reporter.Line($"Stamped at {state.Chain.NameAt(target)}; nothing was run");
    }
}
