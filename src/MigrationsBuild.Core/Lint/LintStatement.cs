using MigrationsBuild.Diagnostics;
using MigrationsBuild.Sql;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Lint;

/// <summary>A statement of a migration.</summary>
/// <param name="Index">Its index in the migration, from 0.</param>
/// <param name="Source">The statement.</param>
/// <param name="Meaning">Its meaning. The statements of a block replace it, each with the block as its source.</param>
/// <param name="Transaction">The number of the transaction that it runs in.</param>
internal sealed record LintStatement(int Index, SqlStatement Source, Statement Meaning, int Transaction)
{
    /// <summary>Whether it is part of a block, which may not execute it.</summary>
    public bool IsInBlock { get; init; }

    /// <summary>Parses the statements of a migration.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="parser">The parser for their dialect.</param>
    public static IEnumerable<LintStatement> Parse(IEnumerable<SqlStatement> statements, StatementParser parser)
    {
        var (index, transaction, wasOutside) = (0, 0, false);
        foreach (var source in statements)
        {
            if (source.OutsideTransaction || wasOutside)
                transaction++;
            wasOutside = source.OutsideTransaction;
            var meaning = parser.Parse(source.Text);
            foreach (var leaf in Leaves(meaning))
                yield return new LintStatement(index++, source, leaf, transaction) { IsInBlock = leaf != meaning };
        }
    }

    private static IEnumerable<Statement> Leaves(Statement statement) =>
        statement is CodeBlock { Statements.Count: > 0 } block ? block.Statements.SelectMany(Leaves) : [statement];

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
