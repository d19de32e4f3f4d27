namespace Stripped.Models;

public class TimeEntry
{
    public long Id { get; set; }

    public int PersonId { get; set; }

    public Person? Person { get; set; }

    public int ProjectId { get; set; }

    public Project? Project { get; set; }

    public int? ActivityId { get; set; }

    public Activity? Activity { get; set; }

    public DateOnly Day { get; set; }

    public int Minutes { get; set; }

    public string? Remark { get; set; }
}
