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

    /// <summary>EF Core 10 on PostgreSQL.</summary>
    public static TestPackages Npgsql { get; } = new(
        "npgsql", "net10.0", "10.0.14",
        """
        <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" Version="10.0.0" />
        <PackageReference Include="Microsoft.EntityFrameworkCore.Relational" Version="10.0.14" />
        """,
        "UseNpgsql(\"Host=127.0.0.1;Database=app\")");

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
        folder.Write(path + ".tests.g.targets", $"""<Project><Import Project="{Repository.Root}build/MigrationsBuild.targets" /></Project>""");
    }

    private string Roslyn => EfVersion.Split('.')[0] switch { "8" => "4.5.0", "9" => "4.14.0", _ => "5.12.0" };

    /// <summary>As `dotnet add package Microsoft.EntityFrameworkCore.Design` would; see samples/Directory.Build.props for why it is taken apart.</summary>
    private string Design => $"""
        <ItemGroup>
            <PackageDownload Include="Microsoft.EntityFrameworkCore.Design" Version="[{EfVersion}]" />
            <PackageReference Include="Humanizer.Core" Version="2.14.1" />
            <PackageReference Include="Microsoft.CodeAnalysis.CSharp.Workspaces" Version="{Roslyn}" />
            {(Roslyn == "5.12.0" ? """<PackageReference Include="Microsoft.CodeAnalysis.Analyzers" Version="5.12.0" PrivateAssets="all" /><PackageReference Include="System.Composition" Version="10.0.11" />""" : "")}
            <PackageFolder Include="$(NuGetPackageFolders)" />
            <Reference Include="@(PackageFolder->'%(FullPath)/microsoft.entityframeworkcore.design/{EfVersion}/lib/{Framework}/Microsoft.EntityFrameworkCore.Design.dll'->Exists())" />
          </ItemGroup>
        """;
}
