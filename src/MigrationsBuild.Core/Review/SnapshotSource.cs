using System.Text.RegularExpressions;

namespace MigrationsBuild.Review;

/// <summary>The C# source of a model snapshot.</summary>
public static class SnapshotSource
{
    private static readonly Regex _class = new(@"\bpartial\s+class\s+(?<name>\w+)\s*(?::\s*(?<base>[\w.:]*\bModelSnapshot)\b)?");
    private static readonly Regex _namespace = new(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline);
    private static readonly Regex _migrationAttribute = new(
        @"^[ \t]*\[[\w.:]*Migration(?:Attribute)?\(""[^""]*""\)\][ \t]*\r?\n", RegexOptions.Multiline);

    private static readonly Regex _method = new(
        @"(?:///[ \t]*<inheritdoc[ \t]*/>\s*)?(?<head>protected\s+override\s+void\s+)BuildTargetModel\b");

    private static readonly Regex _using = new(@"^using Microsoft\.EntityFrameworkCore\.Migrations;\r?\n", RegexOptions.Multiline);

    /// <summary>Whether the text of a C# file is a snapshot.</summary>
    public static bool IsSnapshot(string text) => _class.Match(text).Groups["base"].Success;

    /// <summary>
    /// The snapshot as it was after a migration. The Designer file of the migration contains the same model, in a class with another name.
    /// </summary>
    /// <param name="designer">The text of the Designer file.</param>
    /// <param name="snapshot">The text of the current snapshot.</param>
    /// <returns>The text; <see langword="null"/> if one of the files isn't as EF Core writes it.</returns>
    public static string? FromDesigner(string designer, string snapshot)
    {
        var (now, then) = (_class.Match(snapshot), _class.Match(designer));
        if (!now.Groups["base"].Success || !then.Success || !_method.IsMatch(designer) || !designer.Contains("modelBuilder"))
            return null;
        var text = designer.Substring(0, then.Index) + $"partial class {now.Groups["name"].Value} : {now.Groups["base"].Value}"
            + (then.Value.Length > then.Value.TrimEnd().Length ? then.Value.Substring(then.Value.TrimEnd().Length) : "")
            + designer.Substring(then.Index + then.Length);
        text = _migrationAttribute.Replace(text, "", 1);
        text = _method.Replace(text, "${head}BuildModel", 1);
        if (_namespace.Match(snapshot) is { Success: true } own)
            text = _namespace.Replace(text, own.Value, 1);
        return _using.IsMatch(snapshot) ? text : _using.Replace(text, "", 1);
    }
}
