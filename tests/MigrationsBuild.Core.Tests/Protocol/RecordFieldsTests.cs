using MigrationsBuild.Messages;
using MigrationsBuild.Vocabulary;

namespace MigrationsBuild.Core.Tests.Protocol;

[TestClass]
public class RecordFieldsTests
{
    private static readonly Everything _odd = new("", null, 7)
    {
        IsOn = false,
        Time = TimeSpan.FromTicks(123456789),
        Limit = TimeSpan.Zero,
        Word = DayOfWeek.Friday,
        Texts = ["", Wire.Odd],
        Inner = new Inner(Wire.Odd),
        Arguments = Arguments.None.With("DbTo", Wire.Odd).With("DbForce", "shop"),
    };

    [TestMethod]
    public void A_record_comes_back_with_every_kind_of_value()
    {
        var read = Wire.Send(new MessageLine("x").WithRecord(_odd)).Single().ReadRecord<Everything>();

        CollectionAssert.AreEqual(_odd.Texts.ToArray(), read.Texts.ToArray());
        Assert.AreEqual(_odd, read with { Texts = _odd.Texts });
    }

    [TestMethod]
    public void What_is_null_stays_null_and_defaults_stay_defaults()
    {
        var record = new Everything("a", "b", 0);
        var read = Wire.Send(new MessageLine("x").WithRecord(record)).Single().ReadRecord<Everything>();

        Assert.IsNull(read.Inner);
        Assert.IsNull(read.Limit);
        Assert.AreEqual(record, read with { Texts = record.Texts });
    }

    [TestMethod]
    public void Fields_have_the_names_of_the_properties() => Assert.AreEqual(
        "x\tname=\tcount=7\tis-on=false\ttime=00:00:12.3456789\tlimit=00:00:00\tword=Friday"
        + "\ttexts=\ttexts=a\tinner.name=b\targuments.DbTo=head",
        new MessageLine("x").WithRecord(_odd with
        {
            Texts = ["", "a"],
            Inner = new Inner("b"),
            Arguments = Arguments.None.With("DbTo", "head"),
        }).ToString());

    [TestMethod]
    [DataRow("x\tcount=1")]
    [DataRow("x\tname=a\tcount=one")]
    [DataRow("x\tname=a\tcount=99999999999")]
    [DataRow("x\tname=a\tcount=1\tword=Someday")]
    [DataRow("x\tname=a\tcount=1\ttime=soon")]
    public void A_value_that_is_missing_or_none_of_its_type_is_an_error(string line) =>
        Assert.ThrowsExactly<InvalidOperationException>(() => MessageLine.Parse(line).ReadRecord<Everything>());

    internal sealed record Inner(string Name);

    internal sealed record Everything(string Name, string? Optional, int Count)
    {
        public bool IsOn { get; init; } = true;

        public TimeSpan Time { get; init; }

        public TimeSpan? Limit { get; init; }

        public DayOfWeek Word { get; init; }

        public IReadOnlyList<string> Texts { get; init; } = [];

        public Inner? Inner { get; init; }

        public Arguments Arguments { get; init; } = Arguments.None;

        public string Computed => Name + Count;
    }
}
