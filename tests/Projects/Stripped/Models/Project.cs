namespace Stripped.Models;

public class Project
{
    public int Id { get; set; }

    public required string Code { get; set; }

    public required string Title { get; set; }

    public string? ClosedBy { get; set; }

    public DateOnly? ClosedOn { get; set; }
}
