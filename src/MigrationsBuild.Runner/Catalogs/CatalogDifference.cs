namespace MigrationsBuild.Runner.Catalogs;

/// <summary>An object that two catalogs don't have in common.</summary>
/// <param name="Expected">The expected object; <see langword="null"/> if none is expected.</param>
/// <param name="Actual">The object that exists; <see langword="null"/> if it is missing.</param>
internal sealed record CatalogDifference(CatalogObject? Expected, CatalogObject? Actual)
{
    /// <summary>The object, as it is expected if it is.</summary>
    public CatalogObject Object => Expected ?? Actual!;

    /// <summary><c>missing</c>, <c>additional</c> or <c>different</c>.</summary>
    public string Word => Expected is null ? "additional" : Actual is null ? "missing" : "different";

    /// <summary>The difference in one line: <c>different column public.t.n (integer instead of bigint)</c>.</summary>
    public string Summary => $"{Word} {Object.Kind} {Object.Name}"
        + (Expected is not null && Actual is not null && !Expected.Definition.Contains('\n') && !Actual.Definition.Contains('\n')
            ? $" ({Actual.Definition} instead of {Expected.Definition})"
            : "");

    /// <summary>The difference as lines for people.</summary>
    public IEnumerable<string> Lines => (Expected, Actual) switch
    {
        (not null, not null) =>
        [
            $"{Word} {Object.Kind} {Object.Name}",
            .. Indented("expected: ", Expected.Definition),
            .. Indented("actual:   ", Actual.Definition),
        ],
        _ => [$"{Word} {Object.Kind} {Object.Name}", .. Indented("", Object.Definition)],
    };

    private static IEnumerable<string> Indented(string label, string definition) => definition.TrimEnd().Split('\n')
        .Select((line, i) => "  " + (i == 0 ? label : new string(' ', label.Length)) + line.TrimEnd());
}
