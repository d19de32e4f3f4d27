namespace MigrationsBuild.Runner.Databases.PostgreSql.Definitions;

/// <summary>The options in <c>WITH (…)</c> of tables and columns.</summary>
internal static class StorageOptions
{
    /// <summary>The clauses that change the options.</summary>
    /// <param name="from">The options as they are; <see langword="null"/> for none.</param>
    /// <param name="to">The options as they will be; <see langword="null"/> for none.</param>
    public static IEnumerable<string> Changes(string? from, string? to)
    {
        var (old, @new) = (Parse(from), Parse(to));
        var set = @new.Where(option => !old.Contains(option)).ToList();
        var names = @new.Select(Name).ToHashSet();
        var reset = old.Select(Name).Where(name => !names.Contains(name)).ToList();
        if (reset.Count > 0)
            yield return $"RESET ({string.Join(", ", reset)})";
        if (set.Count > 0)
            yield return $"SET ({string.Join(", ", set)})";
    }

    private static List<string> Parse(string? text) => text is null ? [] : [.. text["WITH (".Length..^1].Split(", ")];

    private static string Name(string option) => option.Split('=')[0];
}
