namespace MigrationsBuild.Sql;

/// <summary>A statement of an SQL text.</summary>
/// <param name="Text">The statement without its semicolon.</param>
/// <param name="Offset">The offset of its first character in the text, in UTF-16 units.</param>
/// <param name="End">The offset after its semicolon or, without one, after its last character.</param>
/// <param name="OutsideTransaction">Whether the line <see cref="SqlScript.OutsideTransactionMark"/> precedes it.</param>
/// <param name="Words">The words outside quotes and parentheses, in upper case.</param>
/// <param name="IsTerminated">Whether a semicolon ends it.</param>
/// <param name="Flaw">The reason why no runner can execute it, as the end of a sentence; <see langword="null"/> if there is none.</param>
public sealed record SqlStatement(
    string Text,
    int Offset,
    int End,
    bool OutsideTransaction,
    IReadOnlyList<string> Words,
    bool IsTerminated,
    string? Flaw);
