namespace MigrationsBuild.Testing;

/// <summary>The packages of a <see cref="TestProject"/>.</summary>
/// <param name="Name">A name for them.</param>
/// <param name="Framework">The project's target framework.</param>
/// <param name="EfVersion">The version of EF Core.</param>
/// <param name="References">The references, as XML.</param>
/// <param name="Configure">How the context is configured.</param>
/// <param name="HasDesign">Whether Microsoft.EntityFrameworkCore.Design is referenced.</param>
public sealed record TestPackages(string Name, string Framework, string EfVersion, string References, string Configure, bool HasDesign = true)
{
    private const string SqliteNatives = """
        <PackageReference Include="SQLitePCLRaw.bundle_e_sqlite3" Version="3.0.3" />
        <PackageReference Include="SQLitePCLRaw.core" Version="3.0.3" />
        """;

    /// <summary>EF Core 10 on SQLite.</summary>
    public static TestPackages Sqlite { get; } = new(
        "sqlite", "net10.0", "10.0.14", """<PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="10.0.14" />""" + SqliteNatives, "UseSqlite(\"Data Source=app.db\")");

    /// <summary>EF Core 8 on SQLite.</summary>
    public static TestPackages Sqlite8 { get; } = new(
        "sqlite8", "net8.0", "8.0.33", """<PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="8.0.33" />""" + SqliteNatives, "UseSqlite(\"Data Source=app.db\")");

    /// <summary>EF Core 9 on SQLite.</summary>
    public static TestPackages Sqlite9 { get; } = new(
        "sqlite9", "net8.0", "9.0.22", """<PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" Version="9.0.22" />""" + SqliteNatives, "UseSqlite(\"Data Source=app.db\")");

    /// <summary>EF Core 8 on PostgreSQL.</summary>
    public static TestPackages Npgsql8 { get; } = new(
        "npgsql8", "net8.0", "8.0.33",
        """
        <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="8.0.0" />
        <PackageReference Include="Npgsql" Version="8.0.9" />
        <PackageReference Include="Microsoft.EntityFrameworkCore.Relational" Version="8.0.33" />
        """,
        "UseNpgsql(\"Host=127.0.0.1;Database=app\")");

    /// <summary>EF Core 10 on PostgreSQL.</summary>
    public static TestPackages Npgsql { get; } = new(
        "npgsql", "net10.0", "10.0.14",
        """
        <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="10.0.0" />
        <PackageReference Include="Microsoft.EntityFrameworkCore.Relational" Version="10.0.14" />
        """,
        "UseNpgsql(\"Host=127.0.0.1;Database=app\")");

    /// <summary>EF Core 10 on both databases, with ASP.NET Core Identity.</summary>
    public static TestPackages BothDatabases { get; } = Sqlite with
    {
        Name = "both",
        References = Sqlite.References + Npgsql.References + """<PackageReference Include="Microsoft.AspNetCore.Identity.EntityFrameworkCore" Version="10.0.14" />""",
    };

    /// <summary>EF Core 10 on both databases, with a plug-in that names tables and columns as PostgreSQL does.</summary>
    public static TestPackages Naming { get; } = Sqlite with
    {
        Name = "naming",
        References = Sqlite.References + """<PackageReference Include="EFCore.NamingConventions" Version="10.0.1" />""",
        Configure = "UseSqlite(\"Data Source=app.db\").UseSnakeCaseNamingConvention()",
    };

    /// <summary>None.</summary>
    public static TestPackages None { get; } = new("none", "net10.0", "10.0.14", "", "", HasDesign: false);

    /// <summary>EF Core 10 on databases that no runner knows, SQL Server first. What their packages ask for in vain, feeds differing, is pinned.</summary>
    public static TestPackages OtherProviders { get; } = new(
        "other-providers", "net10.0", "10.0.14",
        """
        <PackageReference Include="Microsoft.EntityFrameworkCore.SqlServer" Version="10.0.14" />
        <PackageReference Include="System.Configuration.ConfigurationManager" Version="10.0.10" />
        <PackageReference Include="System.Security.Cryptography.Pkcs" Version="9.0.20" />
        <PackageReference Include="MySql.EntityFrameworkCore" Version="10.0.12" />
        <PackageReference Include="BouncyCastle.Cryptography" Version="2.7.0" />
        <PackageReference Include="Google.Protobuf" Version="3.35.1" />
        <PackageReference Include="System.Security.Permissions" Version="10.0.11" />
        <PackageReference Include="Microsoft.EntityFrameworkCore.InMemory" Version="10.0.14" />
        """,
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

    /// <summary>EF Core 10 on SQLite in an application with ASP.NET Core Identity.</summary>
    public static TestPackages Identity { get; } = Hosted with
    {
        Name = "identity",
        References = Hosted.References + """<PackageReference Include="Microsoft.AspNetCore.Identity.EntityFrameworkCore" Version="10.0.14" />""",
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
            {items}
          </ItemGroup>
          {(HasDesign ? Design : "")}
        </Project>

        """;

    /// <summary>
    /// Has the project import this repository's targets: MSBuild imports such files beside those of packages. The parts are those that
    /// the build of this repository has just made.
    /// </summary>
    /// <param name="folder">Where the project lies.</param>
    /// <param name="project">Its file, relative to the folder.</param>
    public static void WriteImports(TestFolder folder, string project = "App.csproj")
    {
        var path = Path.Combine(Path.GetDirectoryName(project)!, "obj", Path.GetFileName(project));
        folder.Write(path + ".tests.g.props", $"""
            <Project>
              <PropertyGroup>
                <_MigrationsBuildTasksAssembly>{Repository.Assembly("MigrationsBuild.Tasks", "netstandard2.0")}</_MigrationsBuildTasksAssembly>
                <_MigrationsBuildWorkerAssembly>{Repository.Assembly("MigrationsBuild.Worker", "net8.0")}</_MigrationsBuildWorkerAssembly>
                <_MigrationsBuildRunnerAssembly>{Repository.Runner}</_MigrationsBuildRunnerAssembly>
                <_MigrationsBuildHelpFolder>{Repository.Root}docs/codes/</_MigrationsBuildHelpFolder>
              </PropertyGroup>
              <Import Project="{Repository.Root}build/MigrationsBuild.props" />
            </Project>
            """);
        folder.Write(path + ".tests.g.targets", $"""
            <Project>
              <Import Project="{Repository.Root}build/MigrationsBuild.targets" Condition="'$(TargetFramework)' != ''" />
              <Import Project="{Repository.Root}build/multiTargeting/MigrationsBuild.targets" Condition="'$(TargetFramework)' == ''" />
            </Project>
            """);
    }

    private string Roslyn => EfVersion.Split('.')[0] switch { "8" => "4.5.0", "9" => "4.14.0", _ => "5.12.0" };

    /// <summary>Versions that the feeds of these tests have.</summary>
    private string Pins => Roslyn switch
    {
        "5.12.0" => """<PackageReference Include="Microsoft.CodeAnalysis.Analyzers" Version="5.12.0" PrivateAssets="all" /><PackageReference Include="System.Composition" Version="10.0.11" />""",
        "4.5.0" => """<PackageReference Include="System.Composition" Version="8.0.0" /><PackageReference Include="System.IO.Pipelines" Version="7.0.0" /><PackageReference Include="System.Reflection.Metadata" Version="6.0.2" /><PackageReference Include="System.Threading.Channels" Version="7.0.0" />""",
        _ => "",
    };

    /// <summary>As `dotnet add package Microsoft.EntityFrameworkCore.Design` would; see samples/Directory.Build.props for why it is taken apart.</summary>
    private string Design => $"""
        <ItemGroup>
            <PackageDownload Include="Microsoft.EntityFrameworkCore.Design" Version="[{EfVersion}]" />
            <PackageReference Include="Humanizer.Core" Version="2.14.1" />
            <PackageReference Include="Microsoft.CodeAnalysis.CSharp.Workspaces" Version="{Roslyn}" />
            {Pins}
            <PackageFolder Include="$(NuGetPackageFolders)" />
            <Reference Include="@(PackageFolder->'%(FullPath)/microsoft.entityframeworkcore.design/{EfVersion}/lib/{Framework}/Microsoft.EntityFrameworkCore.Design.dll'->Exists())" />
          </ItemGroup>
        """;
}
