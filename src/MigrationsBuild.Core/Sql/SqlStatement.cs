namespace MigrationsBuild.Sql;

/// <summary>One statement of an SQL text.</summary>
/// <param name="Text">The statement, from its first word to before its semicolon.</param>
/// <param name="Offset">Where it begins in the text, in UTF-16 units.</param>
/// <param name="End">Offset after its semicolon; without one, after its last character.</param>
/// <param name="OutsideTransaction">Whether the line <see cref="SqlScript.OutsideTransactionMark"/> stands before it.</param>
/// <param name="Words">The words outside quotes and parentheses, in upper case.</param>
/// <param name="IsTerminated">Whether a semicolon ends it.</param>
/// <param name="Flaw">What no runner could cope with, as a sentence, or <see langword="null"/>.</param>
public sealed record SqlStatement(
    string Text,
    int Offset,
    int End,
    bool OutsideTransaction,
    IReadOnlyList<string> Words,
    bool IsTerminated,
    string? Flaw);
