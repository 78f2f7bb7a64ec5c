package answers

// placesAsked reads several places of an order that stand in a list: "1st and 2nd", "third, fourth and
// fifth", "2nd to 4th". Those from the first one on are so many rows of the order.
func (d *draft) placesAsked(s *slots) {
	if len(d.measures) == 0 && !d.hasAny(opTop, opBottom) {
		return
	}
	first, last := d.placeList()
	if last == first {
		return
	}
	var places []int
	for i := first; i <= last; i++ {
		n := &d.numbers[i]
		for p := len(places); p > 0 && d.words[n.from-1].text == "to" && places[p-1] < int(n.value)-1; p++ {
			places = append(places, places[p-1]+1)
		}
		places = append(places, int(n.value))
	}
	if len(places) > mostPlaces {
		return
	}
	for i := first; i <= last; i++ {
		d.numbers[i].used = true
	}
	if !d.hasAny(opTop, opBottom) {
		d.ops[opTop] = d.numbers[first].from
	}
	for i, p := range places {
		if p != i+1 {
			s.position, d.places = places[0], places
			return
		}
	}
	s.limit = len(places)
}

// mostPlaces is how many places of an order are given one by one.
const mostPlaces = 10

// placeList finds the ordinals that stand in one list of places: the first and last of the numbers.
func (d *draft) placeList() (first, last int) {
	for i := 1; i < len(d.numbers); i++ {
		a, b := &d.numbers[i-1], &d.numbers[i]
		listed := a.ordinal && b.ordinal && !a.year && !a.used && !b.used && a.value < b.value && b.from-a.to <= 3 && !d.words[b.from-1].breaks
		for k := a.to; listed && k < b.from; k++ {
			listed = d.is(k, gConjunction) || d.is(k, gArticle) || d.is(k, gAsking) || d.is(k, gPassive) || d.words[k].text == "to"
		}
		if !listed || b.from == a.to && !d.words[a.to-1].comma {
			if last > first {
				break
			}
			first, last = i, i
			continue
		}
		last = i
	}
	if last > first && !d.endsPlace(d.numbers[last].to) && !d.has(opTop) {
		return 0, 0
	}
	return first, last
}

// eachPlace reads several places of an order one by one: "second and fourth by returnees".
func (d *draft) eachPlace(r *Reading) []Reading {
	q := &r.Query
	if len(d.places) < 2 || len(d.places) > mostQuestions || q.Kind != Rank || q.Problem != nil || q.Position != d.places[0] && (d.places[0] > 1 || q.Limit != 1) {
		return nil
	}
	var out []Reading
	for _, p := range d.places {
		one := *r
		one.Query.Position = p
		if p == 1 {
			one.Query.Position, one.Query.Limit = 0, 1
		}
		out = append(out, one)
	}
	return out
}
