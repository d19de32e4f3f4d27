namespace MigrationsBuild.Diagnostics;

/// <summary>A location in a file.</summary>
/// <param name="File">An absolute path, or a path relative to the project's folder.</param>
/// <param name="Line">The line, from 1; 0 if only the file is known.</param>
/// <param name="Column">The column in UTF-16 units, from 1; 0 if only the line is known.</param>
public sealed record Location(string File, int Line = 0, int Column = 0)
{
    /// <summary>The location with the line and column of an offset.</summary>
    /// <param name="file">The file that contains the text.</param>
    /// <param name="text">The whole text of the file.</param>
    /// <param name="offset">An offset into <paramref name="text"/> in UTF-16 units, from 0. An offset after the end means the end.</param>
    public static Location At(string file, string text, int offset)
    {
        offset = Math.Min(offset, text.Length);
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < offset; i++)
        {
            if (text[i] != '\n')
                continue;
            line++;
            lineStart = i + 1;
        }

        return new Location(file, line, offset - lineStart + 1);
    }
}

/// <summary>A second location of a finding.</summary>
/// <param name="Location">The location.</param>
/// <param name="Words">The words of the finding's text that mean it, so that a viewer can make them a link.</param>
public sealed record RelatedLocation(Location Location, string Words);
