namespace MigrationsBuild.Sql;

/// <summary>A command of EF Core's SQL generator.</summary>
/// <param name="Text">One or more statements.</param>
/// <param name="OutsideTransaction">Whether the command suppresses the transaction.</param>
public sealed record SqlCommandText(string Text, bool OutsideTransaction);
