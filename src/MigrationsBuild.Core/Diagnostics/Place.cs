namespace MigrationsBuild.Diagnostics;

/// <summary>Where a diagnostic points.</summary>
/// <param name="File">Absolute path, or path relative to the project's folder.</param>
/// <param name="Line">Line, from 1; 0 if only the file is known.</param>
/// <param name="Column">Column in UTF-16 units, from 1; 0 if only the line is known.</param>
public sealed record Place(string File, int Line = 0, int Column = 0)
{
    /// <summary>The place of line and column that an offset into a text has.</summary>
    /// <param name="file">The file that holds the text.</param>
    /// <param name="text">The whole text of the file.</param>
    /// <param name="offset">Offset into <paramref name="text"/> in UTF-16 units, from 0.</param>
    /// <returns>The place; an offset past the end is the end.</returns>
    public static Place At(string file, string text, int offset)
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

        return new Place(file, line, offset - lineStart + 1);
    }
}
