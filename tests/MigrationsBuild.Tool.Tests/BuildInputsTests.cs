using MigrationsBuild.Messages;
using MigrationsBuild.Protocol;
using MigrationsBuild.Testing;
using MigrationsBuild.Tool.Calls;
using MigrationsBuild.Tool.DotnetBuild;
using MigrationsBuild.Tool.StoredCalls;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Tool.Tests;

/// <summary>The files that a stored call depends on, without a build.</summary>
[TestClass]
public class BuildInputsTests
{
    [TestMethod]
    [DataRow("""<ItemGroup><DbInput Include="../data/*.csv" /></ItemGroup>""", true)]
    [DataRow("""<ItemGroup><DbInput Include="a.csv;$(DataFolder)/**/b.csv" /></ItemGroup>""", true)]
    [DataRow("""<ItemGroup><Content Link="x" Include='..\shared\page?.html' /></ItemGroup>""", true)]
    [DataRow("""<ItemGroup><None Include="/data/*" /></ItemGroup>""", true)]
    [DataRow("""<ItemGroup><DbInput Include="data/*.csv" /><None Include="../README.md" /></ItemGroup>""", false)]
    [DataRow("""<ItemGroup><Compile Remove="$(BaseOutputPath)**" /></ItemGroup>""", false)]
    [DataRow("""<Target Name="A"><Copy SourceFiles="@(B)" Condition="Exists('%(B.Identity)')" /></Target>""", false)]
    [DataRow("""<Target Name="A" /><Import Project="$(Extra)" Condition="Exists('$(Extra)')" /><Target Name="B"></Target>""", true)]
    [DataRow("""<Import Project="$(Extra)" Condition="Exists($(Extra))" />""", true)]
    [DataRow("""<Import Project="$([MSBuild]::GetPathOfFileAbove('Directory.Build.props', '$(MSBuildThisFileDirectory)../'))" />""", false)]
    public void Files_that_are_not_known_make_the_inputs_unclear(string content, bool isUnclear)
    {
        using var folder = new TestFolder();

        Assert.AreEqual(isUnclear, Inputs(folder, content).IsUnclear);
    }

    [TestMethod]
    [DataRow("""<Import Project="local.props" Condition="Exists('local.props')" />""", "local.props")]
    [DataRow("""<A Condition="'$(B)' != '' And exists( '$(MSBuildThisFileDirectory)..\local.props' )" />""", "../local.props")]
    [DataRow("""<Import Project="x" Condition="Exists('$(MSBuildThisFileDirectory)/local.props')" />""", "local.props")]
    [DataRow("""<Import Project="local.props" Condition="Exists('local.props')" />""", "src/App/local.props")]
    [DataRow("""<Import Project="$([MSBuild]::GetPathOfFileAbove('local.props'))" />""", "../local.props")]
    [DataRow("""<A Condition="Exists('$([MSBuild]::GetPathOfFileAbove('local.props', '$(B)'))')" />""", "local.props")]
    public void A_file_that_a_condition_looks_for_counts_even_if_it_is_missing(string content, string path)
    {
        using var folder = new TestFolder();

        var inputs = Inputs(folder, content);

        Assert.IsFalse(inputs.IsUnclear);
        Assert.Contains(Path.GetFullPath(folder[path]), inputs.Files);
    }

    [TestMethod]
    public void An_import_next_to_the_folder_of_dotnet_counts()
    {
        using var folder = new TestFolder();
        folder.Write("src/App.csproj", "<Project />").Write("dotnet/dotnet", "").Write("dotnet-shared/a.props", "<Project />")
            .Write("dotnet/sdk/b.props", "<Project />");
        var recorder = new CallRecorder(new VerbCall(VerbTable.Current, []));
        var call = new MessageLine(CallMessages.Call).With("dotnet", folder["dotnet/dotnet"]).With("state-folder", folder["state"])
            .With("variable", "MIGRATIONS_CONNECTION");
        recorder.Take(new MessageLine(BuildEvents.Project).With("path", folder["src/App.csproj"]));
        recorder.Take(new MessageLine(BuildEvents.Import).With("path", folder["dotnet-shared/a.props"]));
        recorder.Take(new MessageLine(BuildEvents.Import).With("path", folder["dotnet/sdk/b.props"]));
        recorder.Take(new MessageLine(BuildEvents.Result).With("data", call.ToString()));
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));

        recorder.Store();

        var stamps = folder.Read("state/call");
        Assert.Contains("a.props", stamps);
        Assert.DoesNotContain("b.props", stamps);
    }

    /// <summary>The inputs of a project below a Directory.Build.props with some content.</summary>
    private static BuildInputs Inputs(TestFolder folder, string content)
    {
        folder.Write("src/App/App.csproj", "<Project />").Write("Directory.Build.props", $"<Project>{content}</Project>");
        var inputs = new BuildInputs();
        inputs.AddProject(folder["src/App/App.csproj"]);
        inputs.Inspect(folder["Directory.Build.props"], isShared: false);
        return inputs;
    }
}
