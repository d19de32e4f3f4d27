namespace MigrationsBuild.Tasks.BuildState;

/// <summary>
/// The results that the checks of one build write to files. A project with several argument sets is checked once for each set, and a file
/// holds the results of all of them. A second check of the same set replaces the result of the first.
/// </summary>
internal sealed class CheckResults
{
    private readonly Dictionary<string, List<(string Set, object Result)>> _results = [];

    /// <summary>Adds the result of a check.</summary>
    /// <param name="file">The absolute path of the file.</param>
    /// <param name="set">The argument set; empty if the project has none.</param>
    /// <param name="result">The result.</param>
    /// <returns>All results for the file, in the order of the checks.</returns>
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
