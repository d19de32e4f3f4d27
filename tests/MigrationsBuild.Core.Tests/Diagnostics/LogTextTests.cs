using MigrationsBuild.Diagnostics;

namespace MigrationsBuild.Core.Tests.Diagnostics;

[TestClass]
public class LogTextTests
{
    [TestMethod]
    [DataRow("20260101000000_A  3 ms", "20260101000000_A  3 ms")]
    [DataRow("    indented\tand tabbed", "    indented\tand tabbed")]
    [DataRow("two\r\n  lines\n", "two lines")]
    [DataRow("page\fbreak\u0085next\u2028line\u2029paragraph", "page break next line paragraph")]
    [DataRow("clear\u001b[2J the screen", @"clear\u001B[2J the screen")]
    [DataRow("bell\a and backspace\b", @"bell\u0007 and backspace\u0008")]
    [DataRow("eight bit \u009b2J", @"eight bit \u009B2J")]
    [DataRow("user\u202egnp.exe", @"user\u202Egnp.exe")]
    [DataRow("zero\u200bwidth", @"zero\u200Bwidth")]
    [DataRow("names like Ωμέγα and 😀 stay", "names like Ωμέγα and 😀 stay")]
    [DataRow("", "")]
    public void Text_is_one_line_without_control_characters(string text, string expected) =>
        Assert.AreEqual(expected, LogText.OneLine(text));

    [TestMethod]
    [DataRow("::set-output name=x::y", @"\u003A:set-output name=x::y")]
    [DataRow("   ::add-mask::x", @"   \u003A:add-mask::x")]
    [DataRow("\t::ERROR file=a::b", "\t\\u003A:ERROR file=a::b")]
    [DataRow("before\n::stop-commands::token", "before ::stop-commands::token")]
    [DataRow("\n::stop-commands::token", @"\u003A:stop-commands::token")]
    [DataRow("text ##[error]boom", @"text \u0023#[error]boom")]
    [DataRow("text ##vso[task.setvariable variable=x]y", @"text \u0023#vso[task.setvariable variable=x]y")]
    [DataRow("##teamcity[buildStatus text='x']", @"\u0023#teamcity[buildStatus text='x']")]
    [DataRow("::text || '##' || x::text", "::text || '##' || x::text")]
    [DataRow("a::error", "a::error")]
    public void What_a_build_server_would_execute_is_only_text(string text, string expected) =>
        Assert.AreEqual(expected, LogText.OneLine(text));

    [TestMethod]
    public void Twice_is_once()
    {
        foreach (var text in new[] { "::error::x", "##[x]", "\u001b[2J\n::error::", "##vso[a]##vso[b]" })
            Assert.AreEqual(LogText.OneLine(text), LogText.OneLine(LogText.OneLine(text)));
    }
}
