using MigrationsBuild.Lint;

namespace MigrationsBuild.Core.Tests.Lint;

[TestClass]
public class AcceptanceTests
{
    [TestMethod]
    public void Is_written_and_read_again()
    {
        Acceptance[] all = [Acceptance.Of("mig2102", "values were\n copied in \"AddName\""), Acceptance.Of("MIG2301", "")];

        var text = Acceptance.Write(all);

        Assert.AreEqual("MIG2102 \"values were copied in 'AddName'\", MIG2301", text);
        CollectionAssert.AreEqual(all, Acceptance.Parse(text)!.ToArray());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("MIG2102 values")]
    [DataRow("MIG1002")]
    [DataRow("MIG2102 \"a\" MIG2103")]
    public void Another_text_is_refused(string text) => Assert.IsNull(Acceptance.Parse(text));

    [TestMethod]
    public void Is_found_in_comments()
    {
        var comments = Acceptance.InComments(
            "    // MIG2102: values were copied\r\n    x.DropColumn(); //MIG2301:empty\n    // MIG1002: no\n");

        Assert.AreEqual("MIG2102 \"values were copied\", MIG2301 \"empty\"", Acceptance.Write(comments));
    }
}
