using System.Text.RegularExpressions;

namespace MigrationsBuild.Designers;

/// <summary>A Designer file as EF Core writes it: one class with the attributes of a migration, and the model after it.</summary>
public sealed class DesignerSource
{
    private const RegexOptions Options = RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant;
    private const string Trivia = @"(?>\s+ | //[^\n]* | /\*(?>[^*]|\*(?!/))*\*/ | \#(?:nullable|pragma)\b[^\n]*)*";
    private const string Using = @"(?>using\s+(?!var\b)[^;{}()""]+;)";
    private const string Literal = @"""(?>[^""\\\r\n]|\\.)*""";

    private static readonly Regex _head = new(
        $$"""
        \A (?> {{Trivia}} {{Using}} )* {{Trivia}}
        (?: namespace\s+(?<namespace>[\w.]+)\s*[{;] (?> {{Trivia}} {{Using}} )* {{Trivia}} )?
        (?<attributes> (?> \[ (?> [^\[\]"'/] | {{Literal}} )* \] \s* )+ )
        (?<class> (?> (?:public|internal|sealed)\s+ )* partial\s+class\s+(?<name>\w+)\s* )
        \{ {{Trivia}}
        (?<method> protected\s+override\s+void\s+BuildTargetModel\s*\(\s*ModelBuilder\s+modelBuilder\s*\)\s* ) \{
        """,
        Options);

    // The first statement of EF Core sets the version, the default schema and other annotations of the model itself.
    private static readonly Regex _annotations = new(
        $$"""
        \G {{Trivia}} modelBuilder
        (?> \s*\.(?:HasAnnotation|HasDefaultSchema|UseCollation)\( (?> [^()"'] | {{Literal}} )* \) )+ ;
        """,
        Options);

    private static readonly Regex _end = new($@"\G {Trivia} \}} {Trivia} (?<space>\}})? {Trivia} \z", Options);
    private static readonly Regex _id = new($@"\bMigration(?:Attribute)?\((?<id>{Literal})\)");
    private static readonly Regex _context = new(@"\bDbContext(?:Attribute)?\(typeof\((?<type>[\w.:]+)\)\)");

    // The types of columns for which a project defines none: keywords and the types of the .NET libraries that providers map.
    private static readonly Regex _typeArgument = new(@"\bProperty<(?<type>[^()]+)>\(");
    private static readonly Regex _otherType = new(
        @"\b(?!(?:bool|byte|sbyte|char|short|ushort|int|uint|long|ulong|float|double|decimal|string|object|Guid|DateTime|DateTimeOffset|"
        + @"DateOnly|TimeOnly|TimeSpan|List|Dictionary|JsonDocument|JsonElement|IPAddress|BigInteger)\b)[A-Za-z_]\w*");

    private static readonly Regex _sqliteType = new(@"\bHasColumnType\(""(?:INTEGER|TEXT)""\)");
    private static readonly Regex _specialTable = new("Temporal|MemoryOptimized");

    private readonly string _text;
    private readonly Match _match;
    private readonly int _annotationsEnd;
    private readonly int _methodEnd;

    private DesignerSource(string text, Match match, string id, string context, int annotationsEnd, int methodEnd)
    {
        (_text, _match, Id, Context, _annotationsEnd, _methodEnd) = (text, match, id, context, annotationsEnd, methodEnd);
    }

    /// <summary>The id of the migration.</summary>
    public string Id { get; }

    /// <summary>The type of the context, as the attribute names it.</summary>
    public string Context { get; }

    /// <summary>The namespace; empty for none.</summary>
    public string Namespace => _match.Groups["namespace"].Value;

    /// <summary>The full name of the migration's class.</summary>
    public string ClassName => (Namespace.Length > 0 ? Namespace + "." : "") + _match.Groups["name"].Value;

    /// <summary>
    /// The database of the context. A model on SQL Server with special kinds of tables is <see cref="ModelDatabase.Other"/>.
    /// </summary>
    public ModelDatabase Database =>
        _text.Contains("Npgsql") ? ModelDatabase.PostgreSql
        : _text.Contains("SqlServer") ? (_specialTable.IsMatch(_text) ? ModelDatabase.Other : ModelDatabase.SqlServer)
        : _sqliteType.IsMatch(_text) ? ModelDatabase.Sqlite
        : ModelDatabase.Other;

    /// <summary>Whether the model may name types of the project, which may be internal.</summary>
    public bool MayNameOwnTypes =>
        _typeArgument.Matches(_text).Cast<Match>().Select(match => match.Groups["type"].Value).Distinct().Any(_otherType.IsMatch);

    /// <summary>Reads the text of a file.</summary>
    /// <returns>The Designer file; <see langword="null"/> if the file contains anything that EF Core doesn't write.</returns>
    public static DesignerSource? Parse(string text)
    {
        var match = _head.Match(text);
        if (!match.Success)
            return null;
        var attributes = match.Groups["attributes"].Value;
        var (id, context) = (_id.Match(attributes), _context.Match(attributes));
        var start = match.Index + match.Length;
        var annotations = _annotations.Match(text, start);
        if (!id.Success || !context.Success || !annotations.Success || !annotations.Value.Contains("\"ProductVersion\""))
            return null;
        var close = CodeBlock.EndOf(text, annotations.Index + annotations.Length);
        if (close is null || !_end.IsMatch(text, close.Value + 1) || id.Groups["id"].Value.Contains('\\'))
            return null;
        var end = annotations.Index + annotations.Length;
        return new DesignerSource(text, match, id.Groups["id"].Value.Trim('"'), context.Groups["type"].Value, end, close.Value);
    }

    /// <summary>The file without the entities of the model. What the class declares stays the same.</summary>
    public string WithoutEntities() =>
        "// The entities of this model are not compiled, because DbCompileDesigners is \"newest\".\n"
        + _text.Substring(0, _annotationsEnd)
        + "\n        "
        + _text.Substring(_methodEnd);

    /// <summary>A file for another assembly: a class of the same name that has the model and does nothing else.</summary>
    public string ModelOnly()
    {
        const string Migrations = "global::Microsoft.EntityFrameworkCore.Migrations.";
        var (attributes, method) = (_match.Groups["attributes"], _match.Groups["method"]);
        return _text.Substring(0, attributes.Index)
            + $"public class {_match.Groups["name"].Value} : {Migrations}Migration {{ "
            + $"protected override void Up({Migrations}MigrationBuilder migrationBuilder) {{ }}\n"
            + _text.Substring(method.Index);
    }
}

/// <summary>The database of a model in a Designer file.</summary>
public enum ModelDatabase
{
    /// <summary>One that isn't known.</summary>
    Other,

    /// <summary>PostgreSQL.</summary>
    PostgreSql,

    /// <summary>SQLite.</summary>
    Sqlite,

    /// <summary>SQL Server.</summary>
    SqlServer,
}
