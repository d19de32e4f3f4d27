using MigrationsBuild.Revisions;

namespace MigrationsBuild.Core.Tests.Revisions;

[TestClass]
public class RevisionExpressionTests
{
    [TestMethod]
    [DataRow("head", "head", 0, false)]
    [DataRow("+2", "", 2, true)]
    [DataRow("-1", "", -1, true)]
    [DataRow(" AddUsers+1 ", "AddUsers", 1, true)]
    [DataRow("AddUsers -1", "AddUsers", -1, true)]
    [DataRow("head-10", "head", -10, true)]
    [DataRow("a-1+2", "a-1", 2, true)]
    [DataRow("+0", "", 0, true)]
    [DataRow("add-users", "add-users", 0, false)]
    [DataRow("a+", "a+", 0, false)]
    [DataRow("+99999999999", "+99999999999", 0, false)]
    [DataRow("", "", 0, false)]
    public void A_text_is_symbol_and_steps(string text, string symbol, int steps, bool isRelative) =>
        Assert.AreEqual(new RevisionExpression(symbol, steps, isRelative, text.Trim()), RevisionExpression.Parse(text));

    [TestMethod]
    [DataRow("a,b; c  d,", "a|b|c|d")]
    [DataRow("head-1", "head-1")]
    [DataRow(" ,;", "")]
    public void A_list_holds_several(string text, string expressions) =>
        Assert.AreEqual(expressions, string.Join('|', RevisionExpression.Split(text)));
}
