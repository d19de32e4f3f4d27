using MigrationsBuild.Diagnostics;
using MigrationsBuild.Revisions;

namespace MigrationsBuild.Core.Tests.Revisions;

[TestClass]
public class MigrationNameTests
{
    [TestMethod]
    [DataRow("add user avatar", "AddUserAvatar")]
    [DataRow("AddUserAvatar", "AddUserAvatar")]
    [DataRow("  fix: the\tJSON -> text  ", "FixTheJSONText")]
    [DataRow("don't ask, don’t tell", "DontAskDontTell")]
    [DataRow("snake_case name", "Snake_caseName")]
    [DataRow("2 factor login", "_2FactorLogin")]
    [DataRow("größe ändern", "GrößeÄndern")]
    [DataRow("cafe\u0301", "Café", DisplayName = "Accents are composed")]
    [DataRow("add 🎉 party", "AddParty")]
    [DataRow("class", "Class")]
    public void Each_word_of_the_message_gets_a_capital(string message, string name) =>
        Assert.AreEqual(name, MigrationName.FromMessage(message));

    [TestMethod]
    [DataRow("")]
    [DataRow(" !?… ")]
    [DataRow("migration")]
    [DataRow("up")]
    [DataRow("build target model")]
    public void A_message_without_usable_name_is_refused(string message)
    {
        var failure = Assert.ThrowsExactly<MigrationsException>(() => MigrationName.FromMessage(message));

        Assert.AreEqual(DiagnosticCodes.UnusableName, failure.Diagnostic.Code);
        Assert.Contains($"\"{message}\"", failure.Message);
    }

    [TestMethod]
    public void A_name_fits_into_EF_Cores_history_with_its_timestamp()
    {
        Assert.AreEqual(135, MigrationName.FromMessage(new string('a', 135)).Length);

        Assert.Contains(
            "136 characters", Assert.ThrowsExactly<MigrationsException>(() => MigrationName.FromMessage(new string('a', 136))).Message);
    }

    [TestMethod]
    [DataRow("AddUserAvatar", "add user avatar")]
    [DataRow("AddHTTPServer", "add http server")]
    [DataRow("Use2Factors", "use 2 factors")]
    [DataRow("_2FactorLogin", "2 factor login")]
    [DataRow("Snake_case", "snake case")]
    [DataRow("A", "a")]
    public void A_name_reads_as_a_message(string name, string message) => Assert.AreEqual(message, MigrationName.ToMessage(name));

    [TestMethod]
    [DataRow("add user avatar")]
    [DataRow("use 2 factors")]
    public void And_that_message_makes_the_name_again(string message) =>
        Assert.AreEqual(message, MigrationName.ToMessage(MigrationName.FromMessage(message)));
}
