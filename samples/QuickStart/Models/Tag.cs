using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

namespace QuickStart.Models;

[Index(nameof(Name), IsUnique = true)]
public class Tag
{
    public int Id { get; set; }

    [MaxLength(40)]
    public required string Name { get; set; }

    public List<Post> Posts { get; } = [];
}
