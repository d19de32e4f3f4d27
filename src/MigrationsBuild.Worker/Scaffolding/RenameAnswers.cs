using System.Text.RegularExpressions;
using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Worker.Scaffolding;

/// <summary>The answers of a person about renames.</summary>
internal sealed partial record RenameAnswers(IReadOnlyList<TableRename> Tables, IReadOnlyList<ColumnRename> Columns)
{
    /// <summary>Whether there is none.</summary>
    public bool AreEmpty => Tables.Count == 0 && Columns.Count == 0;

    /// <summary>
    /// Reads the value of <c>DbRename</c>: <c>Users.Name:FullName;Users.Hash:;People:Humans</c>. A name with a dot before the colon is a
    /// column, unless both names are those of tables with their schemas: <c>crm.People:crm.Humans</c>.
    /// </summary>
    /// <exception cref="MigrationsException">It has another form.</exception>
    public static RenameAnswers Parse(string text)
    {
        var (tables, columns) = (new List<TableRename>(), new List<ColumnRename>());
        foreach (var part in text.Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Table().Match(part) is { Success: true } table)
                tables.Add(new TableRename(table.Groups["old"].Value, table.Groups["new"].Value));
            else if (Column().Match(part) is { Success: true } column)
                columns.Add(new ColumnRename(column.Groups["table"].Value, column.Groups["old"].Value, column.Groups["new"].Value));
            else
                throw Invalid(text);
        }

        return new RenameAnswers(tables, columns);
    }

    [GeneratedRegex(@"^(?<old>[^.:]+):(?<new>[^:]+)$|^(?<old>[^.:]+\.[^.:]+):(?<new>[^.:]+\.[^.:]+)$")]
    private static partial Regex Table();

    [GeneratedRegex(@"^(?<table>[^:]+)\.(?<old>[^.:]+):(?<new>[^:]*)$")]
    private static partial Regex Column();

    private static MigrationsException Invalid(string text) => new(
        DiagnosticCodes.InvalidSetting,
        $"DbRename is {text}. Write <table>.<column>:<new name> for a column, for example Users.Name:FullName, or Users.Hash: for a column "
        + "that was not renamed. Write <table>:<new name> for a table, for example People:Humans or crm.People:crm.Humans.");
}
