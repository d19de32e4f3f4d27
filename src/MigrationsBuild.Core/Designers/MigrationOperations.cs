using System.Text.RegularExpressions;

namespace MigrationsBuild.Designers;

/// <summary>
/// The operations in the C# of a migration. EF Core generates the SQL of most of them without the model. It needs the model for rows
/// without column types, for columns without a type, and, on some databases, for changes of a table.
/// </summary>
/// <remarks>
/// Read in <c>MigrationsSqlGenerator</c> of EF Core 8 to 10, and in the generators of its providers for PostgreSQL, SQLite and SQL Server.
/// </remarks>
internal static class MigrationOperations
{
    private static readonly Regex _literals = new(
        """
        //[^\n]* | /\*.*?\*/ | (?<quotes>"{3,}).*?\k<quotes>(?!") | @"(?:""|[^"])*" | "(?:\\.|[^"\\\r\n])*" | '(?:\\.|[^'\\\r\n])+'
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private static readonly Regex _parameter = new(@"\bMigrationBuilder\s+(?<name>\w+)");
    private static readonly Regex _builder = new(@"\bmigrationBuilder\b(?:\s*\.\s*(?<operation>\w+))?(?<call>\s*(?:<[^;()]*>)?\s*\()?");
    private static readonly Regex _column = new(@"\b(?<operation>AddColumn|AlterColumn|Column)\s*(?:<[^;()]*>)?\s*\(");
    private static readonly Regex _type = new(@"\btype\s*:(?!\s*null\b)");
    private static readonly Regex _oldType = new(@"\boldType\s*:(?!\s*null\b)");

    // The provider for PostgreSQL looks up the columns of a vector in the model.
    private static readonly Regex _modelFacts = new("TsVector");

    private static readonly HashSet<string> _everywhere =
    [
        "ActiveProvider", "AddColumn", "AlterDatabase", "CreateIndex", "CreateSequence", "CreateTable", "DropIndex", "DropSchema",
        "DropSequence", "DropTable", "EnsureSchema", "IsNpgsql", "IsSqlite", "IsSqlServer", "RenameColumn", "RenameTable",
        "Sql",
    ];

    private static readonly HashSet<string> _onPostgreSql =
    [
        .. _everywhere,
        "AddCheckConstraint", "AddForeignKey", "AddPrimaryKey", "AddUniqueConstraint", "AlterColumn", "AlterSequence", "AlterTable",
        "DropCheckConstraint", "DropColumn", "DropForeignKey", "DropPrimaryKey", "DropUniqueConstraint", "RenameIndex", "RenameSequence",
        "RestartSequence",
    ];

    /// <summary>
    /// Whether EF Core may need the model of the migration, or that of the one before it, to apply the migration. On PostgreSQL that
    /// includes reverting it: on other databases, nearly every migration would need a model for that.
    /// </summary>
    /// <param name="text">The C# of the migration.</param>
    /// <param name="database">The database of the context. The generators for unknown ones may need any model.</param>
    public static bool MayNeedModel(string text, ModelDatabase database)
    {
        var isPostgreSql = database == ModelDatabase.PostgreSql;
        if (database == ModelDatabase.Other || _modelFacts.IsMatch(text) || text.Contains("$\"")
            || text.Contains("$@\""))
        {
            return true;
        }

        var code = _literals.Replace(text, "\"\"");
        var down = isPostgreSql ? -1 : code.IndexOf("void Down(", StringComparison.Ordinal);
        var read = down < 0 ? code : code.Substring(0, down);
        return _parameter.Matches(code).Cast<Match>().Any(match => match.Groups["name"].Value != "migrationBuilder")
            || _builder.Matches(read).Cast<Match>().Any(match => !IsKnown(read, match, isPostgreSql ? _onPostgreSql : _everywhere))
            || _column.Matches(read).Cast<Match>().Any(match => !HasTypes(read, match));
    }

    private static bool IsKnown(string code, Match match, HashSet<string> known) => match.Groups["operation"].Success
        ? known.Contains(match.Groups["operation"].Value)
        : Regex.IsMatch(code.Substring(0, match.Index), @"\bMigrationBuilder\s+\z");

    private static bool HasTypes(string code, Match call)
    {
        var start = call.Index + call.Length;
        var arguments = CodeBlock.EndOf(code, start) is { } end ? code.Substring(start, end - start) : "";
        return _type.IsMatch(arguments) && (call.Groups["operation"].Value != "AlterColumn" || _oldType.IsMatch(arguments));
    }
}
