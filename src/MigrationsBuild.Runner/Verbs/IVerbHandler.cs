using MigrationsBuild.Runner.Migrations;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Runner.Verbs;

/// <summary>Executes a verb in the runner.</summary>
internal interface IVerbHandler
{
    /// <summary>The verb's row in <see cref="VerbTable"/>.</summary>
    Verb Definition { get; }

    /// <summary>Executes the verb.</summary>
    /// <exception cref="Diagnostics.MigrationsException">It failed.</exception>
    Task RunAsync(MigrationSession session, CancellationToken cancellation);
}
