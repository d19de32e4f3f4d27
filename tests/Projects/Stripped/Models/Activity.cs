namespace Stripped.Models;

public class Activity
{
    public int Id { get; set; }

    public required string Name { get; set; }

    public bool Billable { get; set; }
}
