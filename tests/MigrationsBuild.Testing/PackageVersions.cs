namespace MigrationsBuild.Testing;

/// <summary>The versions of packages in generated projects, as <c>Directory.Packages.props</c> has them.</summary>
public static class PackageVersions
{
    /// <summary>EF Core 8.</summary>
    public static string EfCore8 { get; } = Repository.Metadata("EFCore8Version");

    /// <summary>EF Core 9.</summary>
    public static string EfCore9 { get; } = Repository.Metadata("EFCore9Version");

    /// <summary>EF Core 10, which most tests use, and its tool <c>dotnet-ef</c>.</summary>
    public static string EfCore10 { get; } = Repository.Metadata("EFCore10Version");

    /// <summary>The provider of PostgreSQL for EF Core 8.</summary>
    public static string NpgsqlProvider8 { get; } = Repository.Metadata("NpgsqlProvider8Version");

    /// <summary>The provider of PostgreSQL for EF Core 10.</summary>
    public static string NpgsqlProvider10 { get; } = Repository.Metadata("NpgsqlProvider10Version");

    /// <summary>SQLite's native library.</summary>
    public static string SqliteNatives { get; } = Repository.Metadata("SQLitePCLRawVersion");

    /// <summary>Packages that EF Core 8's Design package depends on, with versions that every feed has.</summary>
    public static IReadOnlyList<(string Package, string Version)> EfCore8DesignPins { get; } =
        [.. Repository.Metadata("EFCore8DesignPins").Split(' ').Select(pin => pin.Split('/')).Select(pin => (pin[0], pin[1]))];
}
