using MigrationsBuild.Settings;

namespace MigrationsBuild.Core.Tests.Settings;

[TestClass]
public class ArgumentsSettingTests
{
    [TestMethod]
    [DataRow("", "")]
    [DataRow("  ", "")]
    [DataRow("--provider PostgreSQL", "--provider|PostgreSQL")]
    [DataRow(" a\tb\nc ", "a|b|c")]
    [DataRow("\"two words\" x", "two words|x")]
    [DataRow("a\"b c\"d", "ab cd")]
    [DataRow("\"\"", "")]
    [DataRow("\\\"a\\\"", "\"a\"")]
    [DataRow("C:\\dir\\ x", "C:\\dir\\|x")]
    [DataRow("\"C:\\my dir\\\\\"", "C:\\my dir\\")]
    [DataRow("a;b %3B 'c'", "a;b|%3B|'c'")]
    public void A_text_is_cut_as_a_command_line_is(string text, string expected) =>
        Assert.AreEqual(expected, string.Join("|", Parse(text)!));

    [TestMethod]
    [DataRow("\"open")]
    [DataRow("a\\\\\"b")]
    public void A_quote_that_isnt_closed_is_an_error_that_shows_no_value(string text)
    {
        Assert.IsNull(Parse(text));
        var problem = ProjectSettings.Problems(setting => setting.Property == "DbArguments" ? text : "", [], []).Single();
        Assert.StartsWith(
            "The value of DbArguments can't be used. It must be arguments as on a command line, with every double quote closed",
            problem.Message);
    }

    [TestMethod]
    [DataRow("a", "", "b c")]
    [DataRow("\"", "\\", "\\\"")]
    [DataRow("a\\", "a b\\", "\\\\ \"")]
    [DataRow("\u00a0", "é;%41$(x)", "\n")]
    public void What_was_joined_is_read_again(params string[] arguments) =>
        CollectionAssert.AreEqual(arguments, Parse(ArgumentsSetting.Join(arguments))!.ToArray());

    private static IReadOnlyList<string>? Parse(string text) => ArgumentsSetting.Form.TryParse(text, out var arguments) ? arguments : null;
}
