namespace MigrationsBuild.Protocol;

/// <summary>A migration that the migrations assembly holds.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Source">Path of its C# file; of where it would be if it can't be found.</param>
/// <param name="SourceHash">Hash of its C# files: the file and its Designer.</param>
/// <param name="Emission">Its SQL, if it was asked for or is needed.</param>
public sealed record MigrationReport(string Id, string Source, string SourceHash, Emission? Emission)
{
    /// <summary>How the history records it, if the application has a history repository of its own.</summary>
    public HistoryScripts? Recording { get; init; }

    /// <summary>Path of EF Core's Designer file, which may not exist.</summary>
    public string Designer => Path.ChangeExtension(Source, null) + ".Designer" + Path.GetExtension(Source);

    /// <summary>Path of the up file.</summary>
    public string Up => Path.Combine(Path.GetDirectoryName(Source)!, Id + ".sql");

    /// <summary>Path of the down file.</summary>
    public string Down => Path.Combine(Path.GetDirectoryName(Source)!, Id + ".down.sql");

    /// <summary>The migration as messages.</summary>
    internal IEnumerable<MessageLine> ToMessages()
    {
        yield return HistoryScripts.AddTo(new MessageLine("migration").With("id", Id).With("source", Source).With("hash", SourceHash), Recording);
        if (Emission is null)
            yield break;
        yield return new MessageLine("emission").With("up", Emission.Up).With("down", Emission.Down).With("reason", Emission.Reason)
            .With("up-again", Emission.UpAgain).With("down-again", Emission.DownAgain);
        foreach (var text in Emission.Operations)
            yield return new MessageLine("operation").With("text", text);
        foreach (var text in Emission.DataLosses)
            yield return new MessageLine("data-loss").With("text", text);
        foreach (var text in Emission.Renames)
            yield return new MessageLine("rename").With("text", text);
        foreach (var text in Emission.Warnings)
            yield return new MessageLine("warning").With("text", text);
    }

    /// <summary>Reads migrations.</summary>
    /// <param name="messages">Messages; others among them are skipped.</param>
    internal static List<MigrationReport> ReadAll(IEnumerable<MessageLine> messages)
    {
        var migrations = new List<MigrationReport>();
        List<string> operations = [], dataLosses = [], renames = [], warnings = [];
        foreach (var message in messages)
        {
            switch (message.Name)
            {
                case "migration":
                    migrations.Add(new MigrationReport(message["id"], message["source"], message["hash"], Emission: null) { Recording = HistoryScripts.From(message) });
                    break;
                case "emission":
                    var emission = new Emission(
                        message.Find("up"), message.Find("down"), message.Find("reason"), operations = [], dataLosses = [], renames = [])
                    {
                        Warnings = warnings = [],
                        UpAgain = message.Find("up-again"),
                        DownAgain = message.Find("down-again"),
                    };
                    migrations[migrations.Count - 1] = migrations[migrations.Count - 1] with { Emission = emission };
                    break;
                case "operation":
                    operations.Add(message["text"]);
                    break;
                case "data-loss":
                    dataLosses.Add(message["text"]);
                    break;
                case "rename":
                    renames.Add(message["text"]);
                    break;
                case "warning":
                    warnings.Add(message["text"]);
                    break;
                default:
                    break;
            }
        }

        return migrations;
    }
}
