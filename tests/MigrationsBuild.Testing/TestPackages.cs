namespace MigrationsBuild.Testing;

/// <summary>The packages of a <see cref="TestProject"/>.</summary>
/// <param name="Name">A name for them.</param>
/// <param name="Framework">The project's target framework.</param>
/// <param name="EfVersion">The version of EF Core.</param>
/// <param name="References">The references, as XML.</param>
/// <param name="Configure">How the context is configured.</param>
/// <param name="HasDesign">Whether Microsoft.EntityFrameworkCore.Design is referenced.</param>
public sealed record TestPackages(
    string Name, string Framework, string EfVersion, string References, string Configure, bool HasDesign = true)
{
    private static string SqliteNatives { get; } = Reference("SQLitePCLRaw.bundle_e_sqlite3", PackageVersions.SqliteNatives);

    /// <summary>EF Core 10 on SQLite.</summary>
    public static TestPackages Sqlite { get; } = OnSqlite("sqlite", "net10.0", PackageVersions.EfCore10);

    /// <summary>EF Core 8 on SQLite.</summary>
    public static TestPackages Sqlite8 { get; } = OnSqlite("sqlite8", "net8.0", PackageVersions.EfCore8);

    /// <summary>EF Core 9 on SQLite.</summary>
    public static TestPackages Sqlite9 { get; } = OnSqlite("sqlite9", "net8.0", PackageVersions.EfCore9);

    /// <summary>EF Core 8 on PostgreSQL. Not every feed has the Npgsql that the provider depends on.</summary>
    public static TestPackages Npgsql8 { get; } =
        OnPostgreSql("npgsql8", "net8.0", PackageVersions.EfCore8, PackageVersions.NpgsqlProvider8, Reference("Npgsql", "8.0.9"));

    /// <summary>EF Core 10 on PostgreSQL.</summary>
    public static TestPackages Npgsql { get; } =
        OnPostgreSql("npgsql", "net10.0", PackageVersions.EfCore10, PackageVersions.NpgsqlProvider10);

    /// <summary>EF Core 10 on both databases, with ASP.NET Core Identity.</summary>
    public static TestPackages BothDatabases { get; } = Sqlite with
    {
        Name = "both",
        References = Sqlite.References + Npgsql.References
            + Reference("Microsoft.AspNetCore.Identity.EntityFrameworkCore", PackageVersions.EfCore10),
    };

    /// <summary>None.</summary>
    public static TestPackages None { get; } = new("none", "net10.0", PackageVersions.EfCore10, "", "", HasDesign: false);

    /// <summary>
    /// EF Core 10 on databases that no runner knows, SQL Server first. Not every feed has the versions that MySQL's packages depend on.
    /// </summary>
    public static TestPackages OtherProviders { get; } = new(
        "other-providers", "net10.0", PackageVersions.EfCore10,
        Reference("Microsoft.EntityFrameworkCore.SqlServer", PackageVersions.EfCore10)
        + Reference("MySql.EntityFrameworkCore", "10.0.12")
        + Reference("BouncyCastle.Cryptography", "2.7.0")
        + Reference("System.Security.Permissions", "10.0.11")
        + Reference("Microsoft.EntityFrameworkCore.InMemory", PackageVersions.EfCore10),
        "UseSqlServer(\"Server=127.0.0.1;Database=app\")");

    /// <summary>EF Core 10 on SQLite without the Design package.</summary>
    public static TestPackages WithoutDesign { get; } = Sqlite with { Name = "without-design", HasDesign = false };

    /// <summary>EF Core 10 on SQLite in an application that builds a host.</summary>
    public static TestPackages Hosted { get; } = Sqlite with
    {
        Name = "hosted",
        References = Sqlite.References + """<FrameworkReference Include="Microsoft.AspNetCore.App" />""",
    };

    /// <summary>EF Core 8 on SQLite in an application that builds a host.</summary>
    public static TestPackages Hosted8 { get; } = Sqlite8 with
    {
        Name = "hosted8",
        References = Sqlite8.References + """<FrameworkReference Include="Microsoft.AspNetCore.App" />""",
    };

    /// <summary>The project file.</summary>
    /// <param name="properties">More MSBuild properties, as XML.</param>
    /// <param name="items">More MSBuild items, as XML.</param>
    public string Project(string properties, string items = "") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>{Framework}</TargetFramework>
            <RollForward>Major</RollForward>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {References}
            {(HasDesign ? Design : "")}
            {items}
          </ItemGroup>
        </Project>

        """;

    /// <summary>
    /// Has the project import this repository's targets: MSBuild imports such files beside those of packages. What takes
    /// time and isn't tested is off; a project may switch it on again, and those of the tests of the package have it on.
    /// </summary>
    /// <param name="folder">The folder of the project.</param>
    /// <param name="project">Its file, relative to the folder.</param>
    public static void WriteImports(TestFolder folder, string project = "App.csproj")
    {
        var path = Path.Combine(Path.GetDirectoryName(project)!, "obj", Path.GetFileName(project));
        folder.Write(path + ".tests.g.props", $"""
            <Project>
              <PropertyGroup>
                <EnableNETAnalyzers>false</EnableNETAnalyzers>
                <UseAppHost>false</UseAppHost>
                <EnableSourceControlManagerQueries>false</EnableSourceControlManagerQueries>
                <_MigrationsBuildTasksAssembly>{BuildParts.Current.Tasks}</_MigrationsBuildTasksAssembly>
                <_MigrationsBuildWorkerAssembly>{BuildParts.Current.Worker}</_MigrationsBuildWorkerAssembly>
                <_MigrationsBuildRunnerAssembly>{BuildParts.Current.Runner}</_MigrationsBuildRunnerAssembly>
                <_MigrationsBuildNativeRunner>{BuildParts.Current.NativeRunner}</_MigrationsBuildNativeRunner>
                <_MigrationsBuildHelpFolder>{Repository.Root}docs/codes/</_MigrationsBuildHelpFolder>
                <_PackageImages>{Repository.PackageImages}</_PackageImages>
              </PropertyGroup>
              <Import Project="{Repository.Root}build/MigrationsBuild.props" />
            </Project>
            """);
        folder.Write(path + ".tests.g.targets", $"""
            <Project>
              <Import Project="{Repository.Root}tests/UsePackageImages.targets" />
              <Import Project="{Repository.Root}build/MigrationsBuild.targets" Condition="'$(TargetFramework)' != ''" />
              <Import Project="{Repository.Root}build/buildMultiTargeting/MigrationsBuild.targets" Condition="'$(TargetFramework)' == ''" />
            </Project>
            """);
    }

    private static TestPackages OnSqlite(string name, string framework, string version) => new(
        name,
        framework,
        version,
        Reference("Microsoft.EntityFrameworkCore.Sqlite", version) + SqliteNatives,
        "UseSqlite(\"Data Source=app.db\")");

    /// <summary>
    /// The provider depends on an older Relational than Design does. Design is private, so projects that reference this one would get
    /// the older one.
    /// </summary>
    private static TestPackages OnPostgreSql(string name, string framework, string version, string provider, string more = "") => new(
        name, framework, version,
        Reference("Npgsql.EntityFrameworkCore.PostgreSQL", provider)
            + Reference("Microsoft.EntityFrameworkCore.Relational", version)
            + more,
        "UseNpgsql(\"Host=127.0.0.1;Database=app\")");

    /// <summary>Not every feed has the versions that the Design packages of EF Core 8 and 9 depend on.</summary>
    private IEnumerable<(string Package, string Version)> DesignPins => EfVersion.Split('.')[0] switch
    {
        "8" => PackageVersions.EfCore8DesignPins,
        "9" => PackageVersions.EfCore8DesignPins.Where(pin => pin.Package == "System.Composition"),
        _ => [],
    };

    private string Design => DesignPins.Prepend(("Microsoft.EntityFrameworkCore.Design", EfVersion))
        .Aggregate("", (all, package) => all + Reference(package.Item1, package.Item2, "PrivateAssets=\"all\" "));

    /// <summary>A reference to a package, as XML.</summary>
    /// <param name="package">Its id.</param>
    /// <param name="version">The version.</param>
    /// <param name="more">More attributes, with a space after each.</param>
    private static string Reference(string package, string version, string more = "") =>
        $"<PackageReference Include=\"{package}\" Version=\"{version}\" {more}/>";
}
