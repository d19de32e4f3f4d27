using System.Text.RegularExpressions;

namespace MigrationsBuild.Tool.Setup;

/// <summary>The C# source of a DbContext.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Name">The name of the class.</param>
/// <param name="Namespace">Its namespace; empty if it has none.</param>
/// <param name="TakesOptions">Whether it has a constructor with its options as the only parameter.</param>
/// <param name="HasFactory">Whether a factory of it is in the project.</param>
internal sealed partial record ContextSource(string Path, string Name, string Namespace, bool TakesOptions, bool HasFactory)
{
    private static readonly string[] _outputs = ["bin", "obj"];

    /// <summary>The packages of providers, with the method that selects the provider without a connection string.</summary>
    public static IReadOnlyDictionary<string, string> Providers { get; } = new Dictionary<string, string>
    {
        ["Npgsql.EntityFrameworkCore.PostgreSQL"] = "UseNpgsql",
        ["Microsoft.EntityFrameworkCore.Sqlite"] = "UseSqlite",
        ["Microsoft.EntityFrameworkCore.SqlServer"] = "UseSqlServer",
    };

    /// <summary>The path of its factory.</summary>
    public string FactoryPath => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, Name + "Factory.cs");

    /// <summary>Whether a factory can be written.</summary>
    public bool CanHaveFactory => TakesOptions && !File.Exists(FactoryPath);

    /// <summary>The contexts in the C# files below a folder. Abstract and generic classes are none.</summary>
    public static IReadOnlyList<ContextSource> In(string folder)
    {
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !_outputs.Contains(System.IO.Path.GetRelativePath(folder, path).Split('/', '\\')[0]))
            .Order(StringComparer.Ordinal)
            .ToDictionary(path => path, File.ReadAllText);
        return
        [
            .. from file in files
               from Match context in Class().Matches(file.Value)
               let name = context.Groups["name"].Value
               select new ContextSource(
                   file.Key,
                   name,
                   NamespaceLine().Match(file.Value).Groups["name"].Value,
                   Regex.IsMatch(file.Value, $@"\b{name}\s*\(\s*DbContextOptions(?:<{name}>)?\s+\w+\s*\)"),
                   files.Values.Any(text => text.Contains($"IDesignTimeDbContextFactory<{name}>", StringComparison.Ordinal))),
        ];
    }

    /// <summary>The source of a factory.</summary>
    /// <param name="provider">The method that selects the provider.</param>
    public string FactoryWith(string provider) => $$"""
        using Microsoft.EntityFrameworkCore;
        using Microsoft.EntityFrameworkCore.Design;
        {{(Namespace.Length > 0 ? $"\nnamespace {Namespace};\n" : "")}}
        /// <summary>Creates the context for builds, which can't run the start-up code of the application.</summary>
        internal sealed class {{Name}}Factory : IDesignTimeDbContextFactory<{{Name}}>
        {
            public {{Name}} CreateDbContext(string[] args) =>
                new(new DbContextOptionsBuilder<{{Name}}>().{{provider}}().Options);
        }

        """;

    [GeneratedRegex(@"(?<!\babstract\s+(?:\w+\s+)*)\bclass\s+(?<name>\w+)\s*(?:\([^)]*\))?\s*:\s*(?:[\w.]+\.)?\w*DbContext\b")]
    private static partial Regex Class();

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();
}
