using System.ComponentModel.DataAnnotations;

namespace QuickStart.Models;

public class User
{
    public int Id { get; set; }

    [MaxLength(100)]
    public required string Name { get; set; }

    public List<Post> Posts { get; } = [];
}
