namespace Upgrade8.Models;

public class Invoice
{
    public int Id { get; set; }

    public required string Customer { get; set; }

    public string? Reference { get; set; }

    public DateOnly IssuedOn { get; set; }

    public Money Total { get; set; }
}
