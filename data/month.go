package data

// Month is a month as "2017-08"; "" stands for none.
type Month string

var monthWords = [...]string{"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December"}

// Valid says whether the text is a month of the form YYYY-MM. "" is not.
func (m Month) Valid() bool {
	_, _, ok := m.split()
	return ok
}

// Before says whether m is earlier than o; false if either is not a month.
func (m Month) Before(o Month) bool { return m.MonthsBefore(o) > 0 }

// MonthsBefore is how many months m lies before o: 12 from 2016-10 to
// 2017-10, negative if m is later, 0 if either is not a month.
func (m Month) MonthsBefore(o Month) int {
	y1, m1, ok1 := m.split()
	y2, m2, ok2 := o.split()
	if !ok1 || !ok2 {
		return 0
	}
	return (y2-y1)*12 + m2 - m1
}

// Words is the month for a sentence, "August 2017"; "" for none.
func (m Month) Words() string {
	_, month, ok := m.split()
	if !ok {
		return ""
	}
	return monthWords[month-1] + " " + string(m[:4])
}

func (m Month) split() (year, month int, ok bool) {
	if len(m) != len("2017-08") || m[4] != '-' {
		return 0, 0, false
	}
	for i := range len(m) {
		if i != 4 && (m[i] < '0' || m[i] > '9') {
			return 0, 0, false
		}
	}
	year = int(m[0]-'0')*1000 + int(m[1]-'0')*100 + int(m[2]-'0')*10 + int(m[3]-'0')
	month = int(m[5]-'0')*10 + int(m[6]-'0')
	return year, month, month >= 1 && month <= 12
}
