namespace Waybill.Expressions.Tests.Language;

public sealed class DatesTests
{
    [Theory]
    [InlineData("date('2023-08-14')", "2023-08-14T00:00:00+00:00")]
    [InlineData("date('15:04:05').Hour()", "15")]
    [InlineData("date('2023-08-14 10:20:30')", "2023-08-14T10:20:30+00:00")]
    [InlineData("date('2023-08-14T10:20:30Z')", "2023-08-14T10:20:30+00:00")]
    [InlineData("date('2023-08-14T10:20:30.123456789+02:00')", "2023-08-14T10:20:30.1234567+02:00")]
    [InlineData("date('02 Jan 06 15:04 UTC')", "2006-01-02T15:04:00+00:00")]
    [InlineData("date('Monday, 02-Jan-06 15:04:05 UTC')", "2006-01-02T15:04:05+00:00")]
    [InlineData("date('Mon, 02 Jan 2006 15:04:05 MST')", "2006-01-02T15:04:05+00:00")]
    [InlineData("date('2006.01.02', '2006.01.02')", "2006-01-02T00:00:00+00:00")]
    [InlineData("date('3/4/99 5:06pm', '1/2/06 3:04pm')", "1999-03-04T17:06:00+00:00")]
    [InlineData("date('12AM', '3PM').Hour()", "0")]
    [InlineData("date('August 5, 2020', 'January 2, 2006')", "2020-08-05T00:00:00+00:00")]
    [InlineData("date('2020 366', '2006 002')", "2020-12-31T00:00:00+00:00")]
    [InlineData("date('2023-04-23T00:30:00.000+0100', '2006-01-02T15:04:05-0700')", "2023-04-23T00:30:00+01:00")]
    [InlineData("date('2023 Z', '2006 Z07:00')", "2023-01-01T00:00:00+00:00")]
    [InlineData("date('2023   5', '2006 1')", "2023-05-01T00:00:00+00:00")]
    public void Dates_are_read(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [SkippableTheory]
    [InlineData("date('2023-08-14 00:00:00', '2006-01-02 15:04:05', 'Europe/Zurich')", "2023-08-14T00:00:00+02:00")]
    [InlineData("date('24.11.1987 20:30', '02.01.2006 15:04', 'Europe/Zurich')", "1987-11-24T20:30:00+01:00")]
    [InlineData("date('24.11.1987 20:30 MSK', '02.01.2006 15:04 MST', 'Europe/Zurich')", "1987-11-24T20:30:00+00:00")]
    [InlineData("date(timezone('Europe/Zurich'), '2023-08-14')", "2023-08-14T00:00:00+02:00")]
    [InlineData("date('2023-08-14 00:00:00').In(timezone('Europe/Zurich'))", "2023-08-14T02:00:00+02:00")]
    [InlineData("now(timezone('Asia/Kamchatka'))", "2024-03-01T00:30:45.123+12:00")]
    [InlineData("timezone('Europe/Zurich').String()", "'Europe/Zurich'")]
    [InlineData("timezone('Europe/Zurich')", "'Europe/Zurich'")]
    public void Dates_are_in_time_zones(string expression, string expected)
    {
        Skip.IfNot(TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Zurich", out _), "This machine has no time zone database.");

        Assert.Equal(expected, Sample.Show(expression));
    }

    [Theory]
    [InlineData("now()", "2024-02-29T12:30:45.123+00:00")]
    [InlineData("now() == now()", "true")]
    [InlineData("now().Year()", "2024")]
    [InlineData("now().Month() == 2", "true")]
    [InlineData("now().Month()", "2")]
    [InlineData("now().Month().String()", "'February'")]
    [InlineData("string(now().Weekday())", "'Thursday'")]
    [InlineData("now().Weekday() in [4, 5]", "true")]
    [InlineData("now().Weekday() + 1", "5")]
    [InlineData("now().Day()", "29")]
    [InlineData("now().Hour() * 100 + now().Minute()", "1230")]
    [InlineData("now().Second()", "45")]
    [InlineData("now().Nanosecond()", "123000000")]
    [InlineData("now().YearDay()", "60")]
    [InlineData("now().Unix()", "1709209845")]
    [InlineData("now().UnixMilli()", "1709209845123")]
    [InlineData("now().UnixNano()", "1709209845123000000")]
    [InlineData("now().AddDate(0, 12, 1)", "2025-03-02T12:30:45.123+00:00")]
    [InlineData("now().AddDate(-1, 0, 0)", "2023-03-01T12:30:45.123+00:00")]
    [InlineData("now().Truncate(duration('1h'))", "2024-02-29T12:00:00+00:00")]
    [InlineData("now().Round(duration('1h'))", "2024-02-29T13:00:00+00:00")]
    [InlineData("now().Sub(day).Hours() > 24", "true")]
    [InlineData("now().After(day) and day.Before(now()) and day.Equal(day)", "true")]
    [InlineData("day.Compare(now())", "-1")]
    [InlineData("day.Add(duration('90m'))", "2017-10-23T20:00:00+00:00")]
    [InlineData("day.IsZero()", "false")]
    [InlineData("day.UTC() == day", "true")]
    [InlineData("day.Location().String()", "'UTC'")]
    [InlineData("date('2023-08-14T00:00:00+02:00').Location()", "'+02:00'")]
    [InlineData("string(day)", "'2017-10-23 18:30:00 +0000 UTC'")]
    [InlineData("date('2023-08-14T00:00:00+02:00').String()", "'2023-08-14 00:00:00 +0200 +02'")]
    [InlineData("day.Format('2006-01-02T15:04Z07:00')", "'2017-10-23T18:30Z'")]
    [InlineData("now().Format('Monday Jan _2 3:04:05.000 PM 06 MST -0700')", "'Thursday Feb 29 12:30:45.123 PM 24 UTC +0000'")]
    [InlineData("date('2023-01-05').Format('_2/1/2006 002.999 Month')", "' 5/1/2023 005 Month'")]
    public void Dates_have_methods(string expression, string expected) =>
        Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("duration('1h')", "01:00:00")]
    [InlineData("duration('1h30m5.5s')", "01:30:05.5000000")]
    [InlineData("duration('-1.5h')", "-01:30:00")]
    [InlineData("duration('100ns')", "00:00:00.0000001")]
    [InlineData("duration('1µs')", "00:00:00.0000010")]
    [InlineData("duration('0')", "00:00:00")]
    [InlineData("duration('1h').Seconds()", "3600.0")]
    [InlineData("duration('90m').Hours()", "1.5")]
    [InlineData("duration('90s').Minutes()", "1.5")]
    [InlineData("duration('1.5s').Milliseconds()", "1500")]
    [InlineData("duration('1s').Nanoseconds()", "1000000000")]
    [InlineData("duration('-1s').Abs() == duration('1s')", "true")]
    [InlineData("duration('1h15m').Round(duration('1h')).String()", "'1h0m0s'")]
    [InlineData("duration('1h45m').Truncate(duration('1h')).String()", "'1h0m0s'")]
    [InlineData("string(duration('1h30m'))", "'1h30m0s'")]
    [InlineData("string(duration('1.5s'))", "'1.5s'")]
    [InlineData("string(duration('-90s'))", "'-1m30s'")]
    [InlineData("string(duration('2500us'))", "'2.5ms'")]
    [InlineData("string(duration('0s'))", "'0s'")]
    [InlineData("day + duration('24h')", "2017-10-24T18:30:00+00:00")]
    [InlineData("duration('1h') + day - duration('1h') == day", "true")]
    [InlineData("day + duration('24h') - day", "1.00:00:00")]
    [InlineData("duration('1h') + duration('1m')", "01:01:00")]
    [InlineData("duration('1h') - duration('1m')", "00:59:00")]
    [InlineData("7 * duration('1h')", "07:00:00")]
    [InlineData("duration('1s') * .5", "500000000.0")]
    [InlineData("duration('1h') > duration('1m')", "true")]
    public void Durations(string expression, string expected) => Assert.Equal(expected, Sample.Show(expression));

    [Theory]
    [InlineData("date('error')", "date: the string is not a date; give its format as the second argument")]
    [InlineData("date('2023-02-30')", "date: the string is not a date; give its format as the second argument")]
    [InlineData("date('2023', '2006-01')", "date: the string does not follow the format")]
    [InlineData("date('2023-13', '2006-01')", "date: the string does not follow the format")]
    [InlineData("date(nil)", "date: expected a string, got nil")]
    [InlineData("date(timezone('UTC'))", "invalid number of arguments for date (expected 1 to 3, got 0)")]
    [InlineData("timezone('Mars/Base')", "unknown time zone Mars/Base")]
    [InlineData("timezone('Local')", "unknown time zone Local")]
    [InlineData("timezone('../../etc/passwd')", "unknown time zone ../../etc/passwd")]
    [InlineData("now(1)", "now: expected a timezone(...), got int")]
    [InlineData("duration('error')", "duration: expected numbers with units ns, us, ms, s, m or h, such as 1h30m")]
    [InlineData("duration('1d')", "duration: expected numbers with units ns, us, ms, s, m or h, such as 1h30m")]
    [InlineData("duration('1')", "duration: expected numbers with units ns, us, ms, s, m or h, such as 1h30m")]
    [InlineData("duration('1.5.5s')", "duration: expected numbers with units ns, us, ms, s, m or h, such as 1h30m")]
    [InlineData("duration('')", "duration: expected numbers with units ns, us, ms, s, m or h, such as 1h30m")]
    [InlineData("duration('1ns')", "duration: finer than 100ns, the shortest step a duration has here")]
    [InlineData("duration('9999999h')", "duration: longer than 292 years")]
    [InlineData("day + day", "invalid operation: time.Time + time.Time")]
    [InlineData("day - 1", "invalid operation: time.Time - int")]
    [InlineData("day < 1", "invalid operation: time.Time < int")]
    [InlineData("day.AddDate(9999, 0, 0)", "AddDate: the date leaves the years 1 to 9999")]
    [InlineData("date('9999-12-31') + duration('48h')", "the date leaves the years 1 to 9999")]
    [InlineData("day.Format(1)", "Format: expected a string, got int")]
    [InlineData("day.In('UTC')", "In: expected a timezone(...), got string")]
    public void Wrong_arguments_are_named(string expression, string expected)
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Sample.Evaluate(expression));

        Assert.Equal(expected, error.Reason);
    }

    [Fact]
    public void Without_a_clock_now_is_an_error()
    {
        var error = Assert.Throws<ExpressionEvaluationException>(() => Expression.Parse("now()").Evaluate(ExpressionScope.Empty));

        Assert.Equal("now: this expression is evaluated without a clock", error.Reason);
    }
}
