using MigrationsBuild.Diagnostics;
using MigrationsBuild.Messages;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Core.Tests.Vocabulary;

[TestClass]
public class HintWriterTests
{
    private static readonly Dictionary<string, string> _settings = new() { ["DbRole"] = "--role" };

    private static (Hint Hint, string Build, string Tool, string Runner)[] Cases { get; } =
    [
        (Hint.Run(VerbTable.Migrate), "dotnet build -t:DbMigrate", "dotnet db migrate", "./run migrate"),
        (Hint.Run(VerbTable.Revision).With("Msg", "add user avatar"),
            "dotnet build -t:DbRevision -p:Msg=\"add user avatar\"", "dotnet db revision -m \"add user avatar\"",
            "dotnet build -t:DbRevision -p:Msg=\"add user avatar\""),
        (Hint.Run(VerbTable.Revision).With("Msg", "initial"),
            "dotnet build -t:DbRevision -p:Msg=\"initial\"",
            "dotnet db revision -m \"initial\"",
            "dotnet build -t:DbRevision -p:Msg=\"initial\""),
        (Hint.Run(VerbTable.Approve, "A,B").With("DbContextName", "Shop.Context"),
            "dotnet build -t:DbApprove -p:DbRev=A,B -p:DbContextName=Shop.Context", "dotnet db approve A B --context Shop.Context",
            "dotnet build -t:DbApprove -p:DbRev=A,B -p:DbContextName=Shop.Context"),
        (Hint.Run(VerbTable.Stamp, "head").With("DbPurge", "true"),
            "dotnet build -t:DbStamp -p:DbRev=head -p:DbPurge=true", "dotnet db stamp head --purge", "./run stamp head --purge"),
        (Hint.Run(VerbTable.Script, "<its newest migration>:head"),
            "dotnet build -t:DbScript -p:DbRev=<its newest migration>:head", "dotnet db script <its newest migration>:head",
            "./run script <its newest migration>:head"),
        (Hint.Add("Run", "DbForce", "shop db"), "-p:DbForce=\"shop db\"", "--force \"shop db\"", "--force \"shop db\""),
        (Hint.Add("Run", "DbRole", "$(id) o'hara"),
            @"-p:DbRole='$(id) o'\''hara'",
            @"-p:DbRole='$(id) o'\''hara'",
            @"--role '$(id) o'\''hara'"),
        (Hint.Add("Run", "DbTo", "-1"), "-p:DbTo=-1", "-1", "-1"),
        (Hint.Add("Run", "DbVerbose", "true"), "-p:DbVerbose=true", "--verbose", "--verbose"),
        (Hint.Add("Run", "DbRole", "owner"), "-p:DbRole=owner", "-p:DbRole=owner", "--role owner"),
    ];

    [TestMethod]
    public void Each_front_end_has_its_own_words_for_a_command()
    {
        foreach (var (hint, build, tool, runner) in Cases)
        {
            Assert.AreEqual("It failed. Run: " + build, new BuildHints().Write("It failed.", [hint]));
            Assert.AreEqual("It failed. Run: " + tool, new ToolHints().Write("It failed", [hint]));
            Assert.AreEqual("It failed. Run: " + runner, new RunnerHints("./run", _settings).Write("It failed.", [hint]));
        }
    }

    [TestMethod]
    public void A_command_names_the_project_in_the_build_of_a_solution()
    {
        Hint[] hints = [Hint.Run(VerbTable.Approve), Hint.Add("Or", "DbContextName", "Shop")];

        Assert.AreEqual(
            "Run: dotnet build src/Shop.csproj -t:DbApprove. Or: -p:DbContextName=Shop",
            new BuildHints("src/Shop.csproj").Write("", hints));
        Assert.AreEqual(
            "Run: dotnet db approve --project \"my app/Shop.csproj\". Or: --context Shop",
            new ToolHints("my app/Shop.csproj").Write("", hints));
    }

    [TestMethod]
    public void A_command_for_one_of_several_contexts_names_it_if_the_verb_needs_a_name()
    {
        string Text(Hint hint) => new BuildHints().Write("", [hint.InContext("Shop")]);

        Assert.AreEqual("Run: dotnet build -t:DbMigrate -p:DbContextName=Shop", Text(Hint.Run(VerbTable.Migrate)));
        Assert.AreEqual("Run: dotnet build -t:DbApprove", Text(Hint.Run(VerbTable.Approve)));
        Assert.AreEqual("Run: dotnet build -t:DbApprove -p:DbRev=A -p:DbContextName=Shop", Text(Hint.Run(VerbTable.Approve, "A")));
        Assert.AreEqual("Run: dotnet build -t:DbShow -p:DbRev=A -p:DbContextName=Log",
            Text(Hint.Run(VerbTable.Show, "A").With("DbContextName", "Log")));
        Assert.AreEqual("Or: -p:DbTo=A", Text(Hint.Add("Or", "DbTo", "A")));
        Assert.AreEqual("Run: dotnet build -t:DbMigrate", new BuildHints().Write("", [Hint.Run(VerbTable.Migrate).InContext("")]));
    }

    [TestMethod]
    public void A_text_without_hints_stays_as_it_is() => Assert.AreEqual("  20260101_A", new BuildHints().Write("  20260101_A", []));

    [TestMethod]
    public void Hints_survive_the_way_between_two_processes()
    {
        foreach (var (hint, _, _, _) in Cases)
        {
            var diagnostic = new Diagnostic(DiagnosticCodes.Drift, "It\tfailed.", new Location("A.cs", 1, 2)) { Hints = [hint, hint] };

            Assert.AreEqual(diagnostic, MessageLine.Parse(diagnostic.ToMessage("finding").ToString()).ToDiagnostic());
        }
    }

    [TestMethod]
    public void A_hint_of_an_unknown_verb_is_left_out() =>
        Assert.IsEmpty(MessageLine.Parse(@"line" + "\t" + @"hint=Run\tverb=unheard-of").Hints());

    [TestMethod]
    public void A_verb_without_argument_takes_none() =>
        Assert.ThrowsExactly<ArgumentException>(() => Hint.Run(VerbTable.Discard, "head"));

    [TestMethod]
    public void A_verb_takes_no_property_of_another_verb() =>
        Assert.ThrowsExactly<ArgumentException>(() => Hint.Run(VerbTable.Approve).With("DbPurge", "true"));
}
