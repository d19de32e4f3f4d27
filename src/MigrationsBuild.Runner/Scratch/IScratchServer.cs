using MigrationsBuild.Contexts;
using MigrationsBuild.Protocol;
using MigrationsBuild.Runner.Databases;

namespace MigrationsBuild.Runner.Scratch;

/// <summary>Where a scratch database is created. Disposing it drops the database.</summary>
internal interface IScratchServer : IAsyncDisposable
{
    /// <summary>The name of the scratch database.</summary>
    string Name { get; }

    /// <summary>The scratch database, not connected yet.</summary>
    /// <param name="history">The history table.</param>
    /// <param name="request">The request of the run on it.</param>
    Database Open(HistoryTable history, RunnerRequest request);
}
