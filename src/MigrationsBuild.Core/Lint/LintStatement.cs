using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>A statement of a migration.</summary>
/// <param name="Index">Its index in the migration, from 0.</param>
/// <param name="Source">The statement.</param>
/// <param name="Meaning">Its meaning. The statements of a <c>DO</c> block follow it, each with the block as its source.</param>
/// <param name="Transaction">The number of the transaction that it runs in.</param>
internal sealed record LintStatement(int Index, SqlStatement Source, Statement Meaning, int Transaction)
{
    /// <summary>A finding at the statement.</summary>
    public LintFinding Find(DiagnosticCode code, Severity severity, string message) =>
        new(code, severity, Source.Offset, message) { Statement = Source.Text };

    /// <summary>A finding of severity error.</summary>
    public LintFinding Error(DiagnosticCode code, string message) => Find(code, Severity.Error, message);

    /// <summary>A finding of severity warning.</summary>
    public LintFinding Warning(DiagnosticCode code, string message) => Find(code, Severity.Warning, message);

    /// <summary>A finding of severity message.</summary>
    public LintFinding Message(DiagnosticCode code, string message) => Find(code, Severity.Message, message);
}
