// The last argument is the request; beside it lies "script", a command a line:
//   print <text>          to standard output         error <text>    to standard error
//   answer <from> <to>    copies a file              wait-for-end    until standard input is closed
//   sleep                 for good                   exit <code>
// and each start is noted in "starts".
var request = args[^1];
var folder = Path.GetDirectoryName(request)!;
File.AppendAllText(Path.Combine(folder, "starts"), string.Join(' ', args) + "\n");
foreach (var line in File.ReadAllLines(Path.Combine(folder, "script")))
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
            var paths = words[1].Split(' ');
            File.Copy(paths[0], paths[1], overwrite: true);
            break;
        case "wait-for-end":
            while (Console.In.Read() >= 0)
            {
            }

            break;
        case "sleep":
            Thread.Sleep(Timeout.Infinite);
            break;
        case "exit":
            return int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture);
        default:
            throw new InvalidOperationException(line);
    }
}

return 0;
