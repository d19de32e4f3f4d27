namespace MigrationsBuild.Sql;

/// <summary>One command as EF Core's SQL generator gives it.</summary>
/// <param name="Text">One or more statements.</param>
/// <param name="OutsideTransaction">Whether the transaction is suppressed for it.</param>
public sealed record SqlCommandText(string Text, bool OutsideTransaction);
