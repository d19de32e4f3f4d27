using System.Text.RegularExpressions;
using MigrationsBuild.Statements;

namespace MigrationsBuild.Runner.Catalogs;

/// <summary>The objects that a comparison leaves out.</summary>
/// <param name="patterns">
/// Names of tables and other objects, separated by <c>;</c> or <c>,</c>. <c>*</c> means any text. A pattern without a dot is about names in
/// any schema: <c>audit.*;Legacy*</c>.
/// </param>
internal sealed class IgnoredObjects(string patterns)
{
    private readonly List<Regex> _patterns =
    [
        .. patterns.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(pattern => new Regex($"^{(pattern.Contains('.') ? "" : "([^.]*\\.)?")}{Regex.Escape(pattern).Replace("\\*", ".*")}$")),
    ];

    /// <summary>Whether an object is left out.</summary>
    /// <param name="one">The object. An ignored schema is one of which all objects are ignored.</param>
    public bool Contains(CatalogObject one)
    {
        // The arguments of a function follow its name.
        var name = one.Whole.EndsWith(')') ? one.Whole[..one.Whole.LastIndexOf('(')] : one.Whole;
        var parsed = ObjectName.Parse(name);
        var plain = one.Kind == "schema" || one["#schema"] == one.Owner ? $"{parsed.Name}." : $"{parsed.Schema ?? "public"}.{parsed.Name}";
        return _patterns.Exists(pattern => pattern.IsMatch(plain));
    }
}
