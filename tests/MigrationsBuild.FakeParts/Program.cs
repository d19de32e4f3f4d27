using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Text;

// Stands in for worker and runner. Below the current directory, in "obj", are
//   worker-hold, runner-hold
//             while it exists, nothing is read
//   worker-script, runner-script
//             what to do then, a command a line:
//     print <text>      to standard output             error <text>    to standard error
//     answer <file>     sends a file's content         wait-for-end    until standard input is closed
//     leave-child       starts a process that stays    sleep           for good
//     await-answer      reads a line and notes it in "replied"
//     exit <code>
// Each start is noted in "start-<process>", the request that comes over standard input in "received-<process>", a child's id in "child".
// A worker whose standard input ends before the request exits.
var folder = Path.Combine(Environment.CurrentDirectory, "obj");
File.WriteAllText(Path.Combine(folder, $"start-{Environment.ProcessId}"), string.Join(' ', args));
var part = args.Contains("--request") ? "runner" : "worker";
while (File.Exists(Path.Combine(folder, part + "-hold")))
    Thread.Sleep(5);

using var input = new StreamReader(Console.OpenStandardInput());
var start = part == "worker" ? ReadMessages() : "";
if (ReadMessages() is not { } received)
    return 0;
File.WriteAllText(Path.Combine(folder, $"received-{Environment.ProcessId}.tmp"), received);
File.Move(Path.Combine(folder, $"received-{Environment.ProcessId}.tmp"), Path.Combine(folder, $"received-{Environment.ProcessId}"));

var script = Path.Combine(folder, part + "-script");
foreach (var line in File.Exists(script) ? File.ReadAllLines(script) : [])
{
    var words = line.Split(' ', 2);
    switch (words[0])
    {
        case "print":
            Console.WriteLine(words[1]);
            break;
        case "error":
            Console.Error.WriteLine(words[1]);
            break;
        case "answer":
            using (var pipe = new AnonymousPipeClientStream(PipeDirection.Out, Field("answer-pipe")))
                pipe.Write(File.ReadAllBytes(words[1]));
            break;
        case "wait-for-end":
            while (input.Read() >= 0)
            {
            }

            break;
        case "await-answer":
            File.WriteAllText(Path.Combine(folder, "replied"), input.ReadLine());
            break;
        case "leave-child":
            using (var child = Process.Start("sleep", "600"))
                File.WriteAllText(Path.Combine(folder, "child"), child.Id.ToString(CultureInfo.InvariantCulture));
            break;
        case "sleep":
            Thread.Sleep(Timeout.Infinite);
            break;
        case "exit":
            return int.Parse(words[1], CultureInfo.InvariantCulture);
        default:
            throw new InvalidOperationException(line);
    }
}

return 0;

string? ReadMessages()
{
    var messages = new StringBuilder();
    while (input.ReadLine() is { } line)
    {
        if (line == "end")
            return messages.ToString();
        messages.Append(line).Append('\n');
    }

    return null;
}

string Field(string name) => start!.Split('\n')[0].Split('\t')
    .First(field => field.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];
