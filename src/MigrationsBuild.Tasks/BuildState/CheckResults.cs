namespace MigrationsBuild.Tasks.BuildState;

/// <summary>
/// What the checks of one build write into files. A project with several sets of arguments is checked once for each, and the file holds
/// the results of all; a second check of the same set replaces its first.
/// </summary>
internal sealed class CheckResults
{
    private readonly Dictionary<string, List<(string Set, object Result)>> _results = [];

    /// <summary>Adds the result of a check.</summary>
    /// <typeparam name="T">What the file's results are.</typeparam>
    /// <param name="file">The file, absolute.</param>
    /// <param name="set">The set of arguments; empty if the project has none.</param>
    /// <param name="result">The result.</param>
    /// <returns>All that the file is to hold, in the order of the checks.</returns>
    public IReadOnlyList<T> Add<T>(string file, string set, T result)
        where T : notnull
    {
        lock (_results)
        {
            if (!_results.TryGetValue(file, out var results))
                _results.Add(file, results = []);
            var index = results.FindIndex(other => other.Set == set);
            if (index < 0)
                results.Add((set, result));
            else
                results[index] = (set, result);
            return [.. results.Select(other => (T)other.Result)];
        }
    }
}
