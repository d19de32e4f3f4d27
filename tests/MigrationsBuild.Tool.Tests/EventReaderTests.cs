using System.IO.Pipes;
using MigrationsBuild.Tool.DotnetBuild;

namespace MigrationsBuild.Tool.Tests;

[TestClass]
public class EventReaderTests
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(50);

    [TestMethod]
    public void All_events_are_taken_however_long_that_takes()
    {
        var taken = new List<string>();
        using var events = new EventReader(message =>
        {
            Thread.Sleep(4 * _timeout);
            taken.Add(message.Name);
        })
        { Timeout = _timeout };
        // More than the reader has read when the build exits.
        var text = new string('-', 10_000);
        using (var logger = Connect(events))
            logger.Write($"line\ttext={text}\nresult\tdata={text}\nfinished\n");

        events.End();

        Assert.AreEqual("line result finished", string.Join(" ", taken));
    }

    [TestMethod]
    public void A_build_that_goes_on_without_its_process_isnt_waited_for()
    {
        var taken = new List<string>();
        using var events = new EventReader(message => taken.Add(message.Name)) { Timeout = _timeout };
        using var logger = Connect(events);
        logger.Write("line\n");
        logger.Flush();

        events.End();

        Assert.AreEqual("line", string.Join(" ", taken));
    }

    private static StreamWriter Connect(EventReader events)
    {
        var pipe = new NamedPipeClientStream(".", events.PipeName, PipeDirection.Out, PipeOptions.CurrentUserOnly);
        pipe.Connect(TimeSpan.FromSeconds(30));
        return new StreamWriter(pipe);
    }
}
