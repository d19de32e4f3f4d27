using MigrationsBuild.Runner.Migrations;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>What a run can do.</summary>
internal interface IVerb
{
    Task RunAsync(MigrationSession session, CancellationToken cancellation);
}
