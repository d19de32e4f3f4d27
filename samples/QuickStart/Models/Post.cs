using System.ComponentModel.DataAnnotations;

namespace QuickStart.Models;

public class Post
{
    public int Id { get; set; }

    [MaxLength(200)]
    public required string Title { get; set; }

    public string Body { get; set; } = "";

    public DateTime? PublishedAt { get; set; }

    public required User Author { get; set; }

    public List<Tag> Tags { get; } = [];
}
